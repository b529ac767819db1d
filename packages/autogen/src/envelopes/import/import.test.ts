import type { EventDraft, Span } from "@spoor/core";
import { countingIds } from "@spoor/testing";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { autogen, autogenLine } from "../../adapter.ts";
import type { ActorEnvelope } from "../envelope.ts";
import { listening, ofType, overTheWire, spansOf } from "../listening.fixture.ts";
import { observeEnvelopes } from "../observe-envelopes.ts";

function imported(lines: readonly object[]): readonly EventDraft[] {
  const translator = autogen.createTranslator();
  return lines.flatMap((line) => {
    const native = autogenLine(JSON.stringify(line));
    if (native?.kind !== "envelope") throw new Error(`no envelope: ${JSON.stringify(line)}`);
    return [...translator.translate(native)];
  });
}

/** By name: what each span hangs on, and what set it off. */
function places(spans: readonly Span[]): object {
  const nameOf = new Map(spans.map(({ spanId, name }) => [spanId, name]));
  return Object.fromEntries(
    spans.map(({ name, parentSpanId, causedBy }) => [
      name,
      [parentSpanId && nameOf.get(parentSpanId), causedBy && nameOf.get(causedBy)],
    ]),
  );
}

const goal = { id: "m1", conversationId: "c", kind: "request", to: "planner", type: "Goal" };
const part = { id: "m2", causationId: "m1", sender: "planner", topic: "work", payload: 1 };
const found = { id: "m3", causationId: "m2", sender: "searcher", to: "reviewer", payload: 7 };
const verdict = { id: "m4", causationId: "m3", sender: "reviewer", to: "planner", payload: "good" };
const conversation = [goal, part, found, verdict].map((line) => ({ ...line, conversationId: "c" }));
const tree = {
  Goal: [null, null],
  planner: ["Goal", "Goal"],
  searcher: ["Goal", "planner"],
  reviewer: ["Goal", "searcher"],
};

describe("recorded envelopes", () => {
  test("are a turn, and the work that the messages it caused tell of, under the keys of a live record", () => {
    const spans = spansOf(imported(conversation));
    expect(places(spans)).toEqual(tree);
    expect(spans.map(({ kind, key, status }) => [kind, key, status])).toEqual([
      ["turn", "message:m1", "open"],
      ["agent", '["handling","m1","planner",1]', "open"],
      ["agent", '["handling","m2","searcher",1]', "open"],
      ["agent", '["handling","m3","reviewer",1]', "open"],
    ]);
  });

  test("are the same in whatever order they lie", () => {
    const orders = fc.shuffledSubarray(conversation, { minLength: conversation.length });
    fc.assert(
      fc.property(orders, (lines) => {
        expect(places(spansOf(imported(lines)))).toEqual(tree);
      }),
    );
  });

  test("belong to the conversation of their cause, where they name none", () => {
    expect(places(spansOf(imported([goal, part, found, verdict])))).toEqual(tree);
  });

  test.each([
    ["response", { payload: "good" }, { status: "ok" }, { output: "good" }],
    ["error", { type: "TooLate" }, { status: "error", errorType: "TooLate" }, {}],
  ])(
    "that answer with a %s end the work and the turn that asked for it",
    (kind, said, outcome, more) => {
      const answer = { id: "m5", kind, correlationId: "m1", sender: "planner", ...said };
      const drafts = imported([goal, answer]);
      expect(ofType(drafts, "work.ended")).toMatchObject([{ outcome, ...more }]);
      expect(ofType(drafts, "turn.ended")).toMatchObject([
        {
          key: "message:m1",
          outcome: { ...outcome, ...(kind === "error" ? { passedOn: true } : {}) },
        },
      ]);
    },
  );

  test("that were delivered tell of the handling itself, each attempt of it", () => {
    const delivered = { ...conversation[1], recipient: "searcher" };
    const drafts = imported([
      conversation[0] ?? {},
      { ...delivered, deliveryAttempt: 1 },
      { ...delivered, deliveryAttempt: 2 },
      conversation[2] ?? {},
    ]);
    const [, second] = ofType(drafts, "work.started").filter(({ agent }) => agent === "searcher");
    expect(second).toMatchObject({ attempt: 2, input: 1, parent: "message:m1" });
    expect(ofType(drafts, "message.received")).toHaveLength(2);
    expect(ofType(drafts, "message.sent").at(-1)).toMatchObject({ mark: "m3", on: second?.key });
  });

  test("that nobody handled say so on the work that sent them", () => {
    const drafts = imported([...conversation, { ...conversation[1], kind: "dead-lettered" }]);
    expect(ofType(drafts, "message.unhandled")).toMatchObject([
      { fate: "dead-lettered", message: "m2", on: '["handling","m1","planner",1]' },
    ]);
  });

  test("that go on in another conversation begin a turn there, linked to their sender", () => {
    const drafts = imported([
      goal,
      { ...part, conversationId: "d" },
      { ...found, conversationId: "d" },
    ]);
    const turn = spansOf(drafts).find(({ session, kind }) => session === "d" && kind === "turn");
    const planner = spansOf(drafts).find(({ name }) => name === "planner");
    expect(turn?.links).toMatchObject([{ kind: "cause", spanId: planner?.spanId }]);
  });

  test("of a sender that was traced elsewhere begin a turn that is linked to it", () => {
    const traceparent = `00-${"1".repeat(32)}-${"2".repeat(16)}-01`;
    const [turn] = spansOf(imported([{ ...goal, metadata: { traceparent } }]));
    expect(turn?.links).toEqual([
      { kind: "cause", traceId: "1".repeat(32), spanId: "2".repeat(16) },
    ]);
  });

  test("take their times from who wrote them", () => {
    const createdAt = "2026-01-01T00:00:00Z";
    const [, turn] = imported([{ ...goal, createdAt }]);
    expect(turn).toMatchObject({ type: "turn.started", at: { ms: Date.parse(createdAt) } });
  });
});

test("what was recorded live and what its bus wrote down are one tree", () => {
  const { observer, drafts } = listening();
  const envelopes = observeEnvelopes(observer, { newId: countingIds("m") });
  const lines: ActorEnvelope[] = [];
  const written = (envelope: ActorEnvelope): ActorEnvelope => {
    lines.push(envelope);
    return overTheWire(envelope);
  };
  const task = envelopes.send({ messageType: "Task", conversationId: "c" }, written);
  const reply = envelopes.handle("worker", task, () =>
    envelopes.send({ sender: "worker", recipient: "reviewer" }, written),
  );
  envelopes.handle("reviewer", reply, () =>
    envelopes.send({ sender: "reviewer", recipient: "worker" }, written),
  );
  const live = spansOf(drafts);
  const both = spansOf(drafts, imported(lines));
  expect(places(both)).toEqual(places(live));
  expect(both.map(({ marks, status }) => [marks.map(({ type }) => type), status])).toEqual(
    live.map(({ marks, status }) => [marks.map(({ type }) => type), status]),
  );
});

describe("a line is told by what it holds", () => {
  test.each([
    [
      "a message of AgentChat",
      {
        id: "1",
        source: "a",
        target: "b",
        content: "x",
        models_usage: null,
        type: "HandoffMessage",
      },
    ],
    [
      "a line of the log",
      {
        type: "Message",
        payload: "{}",
        sender: "a/b",
        receiver: "c/d",
        kind: "MessageKind.DIRECT",
      },
    ],
    ["a payload", { payload: { id: "1" } }],
    ["an id alone", { id: "1", sender: "a" }],
  ])("%s is no envelope", (_, line) => {
    expect(autogenLine(JSON.stringify(line))?.kind).not.toBe("envelope");
  });

  test.each([
    {
      message_id: "1",
      recipient: { type: "a", key: "b" },
      message: { type: "LLMCall", agent_id: "x" },
    },
    { messageId: "1", topic: "t" },
    { id: "1", kind: "publish" },
    { id: "1", kind: "expired", source: "a" },
    { kind: "ResponseMessageEnvelope", sender: "a/b", "#future": 0 },
  ])("%j is one", (line) => {
    expect(autogenLine(JSON.stringify(line))?.kind).toBe("envelope");
  });
});
