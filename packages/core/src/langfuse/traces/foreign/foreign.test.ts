import { describe, expect, test } from "vitest";
import { inWords } from "../../../journal/in-words.ts";
import type { Span } from "../../../run-tree/span.ts";
import type { EventDraft } from "../../../vocabulary/event.ts";
import { draftsIn, type Told, toldBy } from "../own/round-trip.fixture.ts";
import type { Row } from "../row.ts";

const trace = {
  id: "t",
  timestamp: "2026-01-01T10:00:00.000Z",
  name: "support",
  sessionId: "chat",
  userId: "ada",
  tags: ["beta"],
  release: "1.2",
  environment: "default",
  input: { question: "why?" },
  metadata: { plan: "pro" },
};
const call = {
  id: "call",
  traceId: "t",
  type: "GENERATION",
  name: "answer",
  startTime: "2026-01-01T10:00:01.000Z",
  endTime: "2026-01-01T10:00:02.000Z",
  model: "gpt-4o",
  level: "DEFAULT",
};

function told(observations: readonly Row[], more: Row = {}): Told {
  return toldBy(draftsIn(JSON.stringify({ ...trace, ...more, observations })));
}

function spanOf({ spans }: Told, key: string): Span {
  const span = spans.find((one) => one.key === key);
  if (!span) throw new Error(`there is no span ${key}`);
  return span;
}

const said = ({ content }: Told, held: Span["input"]): unknown =>
  held && inWords(content.read(held));

const drafts = (observations: readonly Row[]): readonly EventDraft[] =>
  draftsIn(JSON.stringify({ ...trace, observations }));

describe("a trace", () => {
  test("is a turn of its session, over when the last in it was", () => {
    const view = told([call]);
    const turn = spanOf(view, "t");
    expect(turn).toMatchObject({
      session: "chat",
      sessionInferred: false,
      kind: "turn",
      name: "support",
      status: "ok",
      startedAt: Date.UTC(2026, 0, 1, 10),
      endedAt: Date.UTC(2026, 0, 1, 10, 0, 2),
      inferred: ["endedAt"],
      labels: { tags: ["beta"], release: "1.2", environment: null },
    });
    expect(said(view, turn.labels.userId)).toBe("ada");
    expect(said(view, turn.input)).toEqual({ question: "why?" });
    expect(said(view, turn.native)).toEqual({ metadata: { plan: "pro" } });
  });

  test("without a session is one by itself, and says that it is inferred", () => {
    expect(spanOf(told([call], { sessionId: null }), "t")).toMatchObject({
      session: "t",
      sessionInferred: true,
    });
  });

  test("says what it answered, else what the only thing in it did", () => {
    const view = told([{ ...call, output: "forty-two" }]);
    expect(said(view, spanOf(view, "t").output)).toBe("forty-two");
    const other = told([{ ...call, output: "forty-two" }], { output: "42" });
    expect(said(other, spanOf(other, "t").output)).toBe("42");
  });

  test("in which something goes on is open", () => {
    expect(spanOf(told([{ ...call, endTime: null }]), "t").status).toBe("open");
  });

  test("failed where its root did, which tells it", () => {
    const view = told([{ ...call, level: "ERROR", statusMessage: "RateLimitError: slow down" }]);
    expect(spanOf(view, "t")).toMatchObject({ status: "error", errorPassedOn: true });
    expect(spanOf(view, "call")).toMatchObject({
      status: "error",
      errorType: "RateLimitError",
      errorPassedOn: false,
    });
    expect(said(view, spanOf(view, "call").detail)).toBe("RateLimitError: slow down");
  });

  test("that only its observations tell of had begun with the first of them", () => {
    const view = toldBy(
      draftsIn(JSON.stringify({ data: [{ ...call, traceName: "x", sessionId: "" }] })),
    );
    expect(spanOf(view, "t")).toMatchObject({
      name: "x",
      sessionInferred: true,
      inferred: ["startedAt", "endedAt"],
    });
  });
});

describe("an observation", () => {
  test.each([
    ["GENERATION", null, "model"],
    ["EMBEDDING", null, "model"],
    ["TOOL", null, "tool"],
    ["AGENT", null, "agent"],
    ["CHAIN", null, "workflow"],
    ["CHAIN", "call", "step"],
    ["RETRIEVER", null, "retrieval"],
    ["GUARDRAIL", null, "guardrail"],
    ["EVALUATOR", null, "other"],
    ["SPAN", null, "other"],
    ["HOLOGRAM", null, "other"],
  ])("of type %s under %s is %s", (type, parentObservationId, kind) => {
    const view = told([call, { ...call, id: "o", type, parentObservationId }]);
    expect(spanOf(view, "o").kind).toBe(kind);
  });

  test("of type EMBEDDING asked for vectors, of others nobody tells", () => {
    const view = told([call, { ...call, id: "o", type: "EMBEDDING" }]);
    expect(spanOf(view, "o")).toMatchObject({ operation: "embeddings", native: null });
    expect(spanOf(view, "call").operation).toBeNull();
  });

  test("that has not ended is open, and no end is made up", () => {
    expect(spanOf(told([{ ...call, endTime: null }]), "call")).toMatchObject({
      status: "open",
      endedAt: null,
      requestModel: "gpt-4o",
    });
  });

  test("that is an event is a note on what it lies in, with all that it says", () => {
    const event = {
      ...call,
      id: "e",
      type: "EVENT",
      name: "retry",
      endTime: null,
      parentObservationId: "call",
      input: "again",
    };
    const { spans } = told([call, event]);
    const marks = spans.find(({ key }) => key === "call")?.marks ?? [];
    expect(marks.filter(({ type }) => type === "native.noted")).toMatchObject([
      { name: "retry", mark: "e", at: { ms: Date.UTC(2026, 0, 1, 10, 0, 1) } },
    ]);
    expect(drafts([call, event])).toContainEqual(
      expect.objectContaining({
        type: "native.noted",
        native: { input: "again" },
      }),
    );
  });

  test("passes on what there is no word for, and not what the server keeps for itself", () => {
    const view = told([
      { ...call, level: "WARNING", metadata: { node: "a" }, latency: 3, modelId: "m" },
    ]);
    expect(said(view, spanOf(view, "call").native)).toEqual({
      level: "WARNING",
      metadata: { node: "a" },
    });
  });
});

describe("a call of a model", () => {
  test("was sent the messages that its input is, also as text", () => {
    const messages = [{ role: "user", content: "hello" }];
    const tools = [{ type: "function", function: { name: "search" } }];
    for (const input of [{ messages, tools }, JSON.stringify({ messages, tools }, null, 1)])
      expect(drafts([{ ...call, input }])).toContainEqual(
        expect.objectContaining({ type: "model.started", context: { messages, tools } }),
      );
  });

  test("with any other input keeps it as it is", () => {
    const view = told([{ ...call, input: { prompt: "hello" } }]);
    expect(said(view, spanOf(view, "call").input)).toEqual({ prompt: "hello" });
  });

  test("says which prompt it was made of, and when its answer began", () => {
    const began = { completionStartTime: "2026-01-01T10:00:01.500Z" };
    const view = told([{ ...call, ...began, promptName: "greet", promptVersion: 3 }]);
    expect(spanOf(view, "call")).toMatchObject({
      promptName: "greet",
      promptVersion: "3",
      firstOutputAt: Date.UTC(2026, 0, 1, 10, 0, 1, 500),
    });
  });

  test.each<readonly [Row, Partial<Span["usage"]> | null]>([
    [
      { usageDetails: { input: 10, output: 3, total: 13 } },
      { input: 10, cacheRead: null, output: 3 },
    ],
    [
      {
        usageDetails: {
          input: 1,
          cache_read_input_tokens: 2,
          input_cache_creation_5m: 3,
          input_cache_creation_1h: 4,
        },
      },
      { input: 1, cacheRead: 2, cacheWrite: 7, cacheWrite1h: 4, output: null },
    ],
    [
      { usageDetails: { input: 1, input_audio_tokens: 2, output: 5, output_reasoning_tokens: 7 } },
      { input: 3, output: 12, reasoning: 7 },
    ],
    [
      { usageDetails: {}, usage: { unit: "TOKENS", input: 4, output: 2, total: 6 } },
      { input: 4, output: 2 },
    ],
    [{ usageDetails: {}, usage: { unit: "TOKENS", input: 0, output: 0, total: 0 } }, null],
    [{ usage: { unit: "CHARACTERS", input: 9 } }, null],
    [{}, null],
  ])("with %j used %j", (counted, usage) => {
    const used = spanOf(told([{ ...call, ...counted }]), "call").usage;
    if (usage === null) expect(used).toBeNull();
    else expect(used).toMatchObject(usage);
  });

  test("of which Langfuse has counted the text itself is not counted for good", () => {
    const guessed = { usageDetails: { input: 10 }, providedUsageDetails: {} };
    expect(spanOf(told([{ ...call, ...guessed }]), "call").usageFinal).toBe(false);
    expect(spanOf(told([{ ...call, usageDetails: { input: 10 } }]), "call").usageFinal).toBe(true);
  });
});

describe("a score", () => {
  const score = {
    id: "s",
    name: "good",
    traceId: "t",
    source: "API",
    timestamp: "2026-01-02T10:00:00.000Z",
  };
  test.each([
    [{ value: 0.5, dataType: "NUMERIC" }, 0.5],
    [{ value: 1, stringValue: "True", dataType: "BOOLEAN" }, true],
    [{ value: 2, stringValue: "fair", dataType: "CATEGORICAL" }, "fair"],
    [{ value: "fair", dataType: "CATEGORICAL" }, "fair"],
  ])("of %j is %j", (given, value) => {
    const document = {
      ...trace,
      observations: [call],
      scores: [{ ...score, ...given, comment: "so" }],
    };
    expect(draftsIn(JSON.stringify(document))).toContainEqual({
      type: "score.given",
      session: "chat",
      source: "langfuse",
      on: "t",
      mark: "s",
      name: "good",
      value,
      at: { ms: Date.UTC(2026, 0, 2, 10) },
      why: "so",
    });
  });

  test("is on its observation, on its session, or on nothing that is told of", () => {
    const given = { ...score, value: 1, dataType: "NUMERIC" };
    const on = (row: Row): unknown =>
      draftsIn(JSON.stringify({ ...trace, observations: [call], scores: [{ ...given, ...row }] }))
        .filter(({ type }) => type === "score.given")
        .map((draft) => [draft.session, "on" in draft ? draft.on : undefined]);
    expect(on({ observationId: "call" })).toEqual([["chat", "call"]]);
    expect(on({ traceId: null, sessionId: "other" })).toEqual([["other", null]]);
    expect(on({ observationId: "unknown" })).toEqual([]);
  });
});
