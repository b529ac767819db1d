import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SpanCost } from "../report/cost-report.ts";
import type { Span } from "../run-tree/span.ts";
import { costing, dawn, free, said, saidOf, spanOf, unpriced, usage } from "./measured.fixture.ts";
import type { Measurement } from "./measurement.ts";
import { watch, type Watched, watching } from "./watch.ts";

const begun = watching(dawn);

/** What several batches say, one after the other. */
function passing(
  batches: readonly (readonly Span[])[],
  { costOf = null as ((span: Span) => SpanCost) | null, from = begun } = {},
): readonly Measurement[] {
  let watched: Watched = from;
  return batches.flatMap((batch) => {
    const seen = watch(watched, batch, costOf);
    watched = seen.watched;
    return seen.measurements;
  });
}

const call = (id: string, parent: string, known: Partial<Span> = {}): Span =>
  spanOf(id, parent, { kind: "model", usage: usage(10, 1), ...known });
const tool = (id: string, parent: string): Span => spanOf(id, parent, { kind: "tool" });
const turn = (known: Partial<Span> = {}): Span =>
  spanOf("turn", null, { kind: "turn", agent: "doctor", endedAt: dawn + 5_000, ...known });

/** All that needs a turn as a whole. */
const figures = (measurements: readonly Measurement[]): readonly string[] =>
  said(measurements).filter((line) => /turn\.(tokens|cost)|_calls|session/.test(line));

/** A turn of its own name, and a call in it. */
const next = (id: string, known: Partial<Span> = {}): readonly Span[] => {
  const spanId = id as Span["spanId"];
  const inTurn = { turnSpanId: spanId };
  return [call(`${id} call`, id, inTurn), turn({ spanId, ...inTurn, ...known })];
};

const twoDollars = ({ kind }: Span): SpanCost => (kind === "turn" ? free : costing(2));
const exceptInB = (span: Span): SpanCost =>
  span.turnSpanId === "b" && span.kind === "model" ? unpriced : twoDollars(span);
const exceptTwo = ({ spanId, kind }: Span): SpanCost => {
  if (kind === "turn") return free;
  return spanId === "two" ? unpriced : costing(1);
};

describe("a turn that leaves piece by piece", () => {
  const pieces = [
    [call("one", "turn"), tool("ask", "turn")],
    [call("two", "reviewer"), tool("read", "reviewer"), tool("read again", "step")],
    [spanOf("step", "reviewer", { kind: "step" })],
    [spanOf("reviewer", "ask", { kind: "agent", agent: "reviewer" })],
    [call("three", "turn"), turn()],
  ];

  test("tells the tokens of all its calls when it ends", () => {
    expect(saidOf("spoor.turn.tokens", passing(pieces))).toEqual([
      "spoor.turn.tokens {gen_ai.token.type=input gen_ai.agent.name=doctor} 30",
      "spoor.turn.tokens {gen_ai.token.type=output gen_ai.agent.name=doctor} 3",
    ]);
  });

  test("tells which calls each agent made itself", () => {
    const measurements = passing(pieces);
    expect(saidOf("gen_ai.invoke_agent.inference_calls", measurements)).toEqual([
      "gen_ai.invoke_agent.inference_calls {gen_ai.agent.name=doctor} 2",
      "gen_ai.invoke_agent.inference_calls {gen_ai.agent.name=reviewer} 1",
    ]);
    expect(saidOf("gen_ai.invoke_agent.tool_calls", measurements)).toEqual([
      "gen_ai.invoke_agent.tool_calls {gen_ai.agent.name=doctor} 1",
      "gen_ai.invoke_agent.tool_calls {gen_ai.agent.name=reviewer} 2",
    ]);
  });

  test("tells nothing of whose calls they were where one hangs on something that never left", () => {
    const lost = passing([[call("one", "turn"), call("two", "nobody"), turn()]]);
    expect(saidOf("gen_ai.invoke_agent.inference_calls", lost)).toEqual([]);
    expect(saidOf("spoor.turn.tokens", lost)).toHaveLength(2);
  });

  test("says the same however it is cut into batches", () => {
    const all = pieces.flat();
    const whole = said(passing([all], { costOf: () => costing(0.1) }));
    fc.assert(
      fc.property(fc.array(fc.nat(all.length)), (cuts) => {
        const ends = [...cuts.toSorted((one, other) => one - other), all.length];
        const batches = ends.map((end, place) => all.slice(ends[place - 1] ?? 0, end));
        expect(said(passing(batches, { costOf: () => costing(0.1) }))).toEqual(whole);
      }),
    );
  });

  test("is not changed by a batch that did not arrive", () => {
    const first = watch(begun, pieces[0] ?? [], null);
    const once = said(watch(first.watched, [turn()], null).measurements);
    watch(first.watched, [call("two", "turn")], null);
    expect(said(watch(first.watched, [turn()], null).measurements)).toEqual(once);
  });
});

describe("no figure of a turn is made", () => {
  test("where the turn began before anybody watched", () => {
    const early = { startedAt: dawn - 1 };
    expect(figures(passing([[call("one", "turn"), turn(early)]]))).toEqual([]);
    expect(saidOf("spoor.turn.duration", passing([[turn(early)]]))).toHaveLength(1);
    expect(figures(passing([[turn(early)]], { from: watching(0) }))).toHaveLength(1);
  });

  test("of tokens where one call was not counted, unless the framework's total holds it", () => {
    const uncounted = [call("one", "turn"), call("two", "turn", { usage: null })];
    expect(saidOf("spoor.turn.tokens", passing([[...uncounted, turn()]]))).toEqual([]);
    const total = turn({ unattributed: usage(7, null) });
    expect(saidOf("spoor.turn.tokens", passing([[...uncounted, total]]))).toEqual([
      "spoor.turn.tokens {gen_ai.token.type=input gen_ai.agent.name=doctor} 17",
    ]);
  });

  test("of cost where one call has no price, and of tokens and cost where there were no calls", () => {
    const cost = (...calls: Span[]): readonly string[] =>
      said(passing([[...calls, turn()]], { costOf: exceptTwo })).filter((line) =>
        /_usd /.test(line),
      );
    expect(cost(call("one", "turn"))).toEqual([
      "spoor.turn.cost_usd {gen_ai.agent.name=doctor} 1",
      "spoor.session.cost_usd 1",
      "spoor.session.dearest_usd 1",
    ]);
    expect(cost(call("one", "turn"), call("two", "turn"))).toEqual([]);
    expect(cost()).toEqual([]);
    expect(saidOf("spoor.turn.tokens", passing([[turn()]]))).toEqual([]);
  });
});

describe("a session", () => {
  test("tells at the end of each turn what it has come to, and how long it has lasted", () => {
    const later = { startedAt: dawn + 60_000, endedAt: dawn + 90_000 };
    const measurements = passing([next("a"), next("b", later)], { costOf: twoDollars });
    expect(said(measurements).filter((line) => line.startsWith("spoor.session"))).toEqual([
      "spoor.session.duration 5",
      "spoor.session.cost_usd 2",
      "spoor.session.dearest_usd 2",
      "spoor.session.duration 90",
      "spoor.session.cost_usd 4",
      "spoor.session.dearest_usd 4",
    ]);
  });

  test("that has a turn without a known cost has none from then on, and others do", () => {
    const batches = [next("a"), next("b"), next("c"), next("d", { session: "another" })];
    const measurements = passing(batches, { costOf: exceptInB });
    expect(saidOf("spoor.session.cost_usd", measurements)).toEqual([
      "spoor.session.cost_usd 2",
      "spoor.session.cost_usd 2",
    ]);
  });
});

test("a turn that was suspended tells what each of its stretches used", () => {
  const first = turn({ status: "suspended" });
  const second = turn({ spanId: "resumed" as Span["spanId"] });
  const measurements = passing([[call("one", "turn"), first, call("two", "resumed"), second]]);
  expect(
    saidOf("spoor.turn.tokens", measurements).filter((line) => line.endsWith(" 10")),
  ).toHaveLength(2);
});

test("parents that go round in a circle belong to nobody", () => {
  const circle = [spanOf("a", "b", { kind: "step" }), spanOf("b", "a", { kind: "step" })];
  const measurements = passing([[...circle, call("one", "a"), turn()]]);
  expect(saidOf("gen_ai.invoke_agent.inference_calls", measurements)).toEqual([]);
});

test("a turn of no agent has calls, and no agent made them", () => {
  const measurements = passing([[call("one", "turn"), turn({ agent: null })]]);
  expect(saidOf("gen_ai.invoke_agent.inference_calls", measurements)).toEqual([]);
});

test("a session whose turn nobody saw ending has lasted nobody knows how long", () => {
  const unseen = turn({ inferred: ["endedAt"] });
  expect(saidOf("spoor.session.duration", passing([[unseen]]))).toEqual([]);
});

describe("what is kept does not grow without end", () => {
  const many = Array.from({ length: 10_001 }, (_, place) => `turn ${place}` as Span["spanId"]);

  test("of turns that never end, and a turn that was forgotten is not told as if it were whole", () => {
    const open = many.map((turnSpanId) => call(`${turnSpanId} call`, "turn", { turnSpanId }));
    const { watched } = watch(begun, open, null);
    expect(watched.turns.size).toBeLessThan(many.length);
    const [turnSpanId = null] = many;
    const rest = [call("later", "turn", { turnSpanId }), turn({ turnSpanId })];
    expect(saidOf("spoor.turn.tokens", watch(watched, rest, null).measurements)).toEqual([]);
    const next = [call("next", "turn"), turn({ startedAt: dawn + 1 })];
    expect(saidOf("spoor.turn.tokens", watch(watched, next, null).measurements)).toHaveLength(2);
  });

  test("of sessions", () => {
    const ended = many.map((spanId) => turn({ spanId, turnSpanId: spanId, session: spanId }));
    expect(watch(begun, ended, null).watched.sessions.size).toBeLessThan(many.length);
  });
});
