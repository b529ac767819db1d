import { expect, test } from "vitest";
import type { SpanId, TraceId } from "../vocabulary/event.ts";
import { TurnRegister } from "./turn-register.ts";

const turn = {
  spanId: "1".repeat(16) as SpanId,
  activationSpanId: "1".repeat(16) as SpanId,
  traceId: "2".repeat(32) as TraceId,
  untoldTraceId: "2".repeat(32) as TraceId,
  isUnsampled: false,
};

function turnWith(ended: number): TurnRegister {
  const turns = new TurnRegister();
  turns.begin(turns.placeOf("s", "turn"), turn);
  for (let index = 0; index < ended; index += 1) turns.end(hung(turns, `tool ${index}`, "turn"));
  return turns;
}

function hung(turns: TurnRegister, key: string, parent: string) {
  const place = turns.placeOf("s", key);
  turns.hang(place, "s", parent);
  turns.turnOf(place);
  return place;
}

test("a late child finds the turn of what has ended", () => {
  const turns = turnWith(100);
  expect(turns.contextOf(hung(turns, "late", "tool 0"))).toMatchObject({ traceId: turn.traceId });
});

test("what has ended is forgotten before what goes on", () => {
  const turns = turnWith(30_000);
  expect(turns.contextOf(hung(turns, "late", "tool 0"))).toBeNull();
  expect(turns.contextOf(hung(turns, "tool", "turn"))).toMatchObject({ traceId: turn.traceId });
});

test("what ends before anybody has said where it belongs learns that later", () => {
  const turns = turnWith(0);
  const early = turns.placeOf("s", "early");
  turns.hang(early, "s", "agent");
  turns.end(early);
  hung(turns, "agent", "turn");
  expect(turns.contextOf(early)).toMatchObject({ traceId: turn.traceId });
});
