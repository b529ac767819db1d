import { describe, expect, test } from "vitest";
import type { Span } from "../../run-tree/span.ts";
import type { AgentEvent, EventId, SpanId, TraceId } from "../../vocabulary/event.ts";
import { encode } from "./encode.ts";
import { exampleSpan } from "./example-span.ts";
import { attributesIn, type ReadAttributes, spansIn } from "./read-back.ts";
import type { OtlpSpan } from "../wire/otlp.ts";

function encoded(known: Partial<Span>): OtlpSpan {
  const [span] = spansIn(
    encode([exampleSpan(known)], { resource: { "service.name": "shop" }, content: null }),
  );
  if (!span) throw new Error("expected a span, received none");
  return span;
}

const attributes = (known: Partial<Span>): ReadAttributes =>
  attributesIn(encoded(known).attributes);

const mark = (said: object): AgentEvent =>
  ({
    v: 0,
    id: "e1" as EventId,
    recordedAt: 1,
    sequence: 1,
    spanId: null,
    session: "session-1",
    source: "stream",
    on: "key-1",
    mark: "1",
    ...said,
  }) as AgentEvent;

test("a request names the service and holds every span of the batch", () => {
  const batch = [exampleSpan({ name: "one" }), exampleSpan({ name: "two" })];
  const request = encode(batch, { resource: { "service.name": "shop" }, content: null });
  const [resourceSpans] = request.resourceSpans;
  expect(attributesIn(resourceSpans?.resource.attributes ?? [])).toEqual({
    "service.name": "shop",
  });
  expect(spansIn(request).map(({ name }) => name)).toEqual(["one", "two"]);
});

describe("a span's name, kind and operation", () => {
  test.each<[string, Partial<Span>, string, number, string | undefined]>([
    ["a turn", { kind: "turn", name: "graph" }, "invoke_workflow graph", 1, "invoke_workflow"],
    ["a turn of an agent", { kind: "turn", agent: "cook" }, "invoke_agent cook", 1, "invoke_agent"],
    ["an agent", { kind: "agent", name: "cook" }, "invoke_agent cook", 1, "invoke_agent"],
    [
      "a workflow",
      { kind: "workflow", name: "crew" },
      "invoke_workflow crew",
      1,
      "invoke_workflow",
    ],
    ["a model call", { kind: "model", requestModel: "m-1", model: "m-1-x" }, "chat m-1", 3, "chat"],
    [
      "a call that makes vectors",
      { kind: "model", operation: "embeddings", requestModel: "e-1" },
      "embeddings e-1",
      3,
      "embeddings",
    ],
    ["a call of a model that nobody named", { kind: "model" }, "chat", 3, "chat"],
    ["a tool", { kind: "tool", name: "search" }, "execute_tool search", 1, "execute_tool"],
    ["a tool without a name", { kind: "tool", name: "" }, "execute_tool", 1, "execute_tool"],
    ["a step without a name", { kind: "step", name: "" }, "step", 1, "step"],
    ["a retrieval", { kind: "retrieval", name: "docs" }, "retrieval docs", 3, "retrieval"],
    ["a step", { kind: "step", name: "plan" }, "plan", 1, "step"],
    ["a plan", { kind: "plan", name: "steps", agent: "ada" }, "plan ada", 1, "plan"],
    ["a task", { kind: "task", name: "research", agent: "ada" }, "research", 1, "task"],
    ["a memory", { kind: "memory", name: "save" }, "save", 1, "memory"],
    ["anything else", { kind: "other", name: "wait" }, "wait", 1, "other"],
  ])("%s", (_, known, name, kind, operation) => {
    expect(encoded(known)).toMatchObject({ name, kind });
    expect(attributes(known)["gen_ai.operation.name"]).toBe(operation);
  });
});

describe("attributes", () => {
  test("name the conversation and the agent on whatever kind of span", () => {
    expect(attributes({ kind: "step", agent: "cook" })).toMatchObject({
      "gen_ai.conversation.id": "session-1",
      "gen_ai.agent.name": "cook",
    });
  });

  test("keep the name of what is called after its agent", () => {
    const name = "spoor.name";
    expect(attributes({ kind: "turn", name: "ask", agent: "cook" })[name]).toBe("ask");
    expect(attributes({ kind: "agent", name: "cook", agent: "cook" })).not.toHaveProperty([name]);
    expect(attributes({ kind: "turn", name: "ask" })).not.toHaveProperty([name]);
  });

  test("name no conversation where the framework named none", () => {
    expect(attributes({ sessionInferred: true })).not.toHaveProperty("gen_ai.conversation.id");
  });

  test("say what is known of a model call, with cached tokens in the input", () => {
    expect(
      attributes({
        kind: "model",
        provider: "anthropic",
        requestModel: "m",
        promptName: "support answer",
        promptVersion: "7",
        model: "m-1",
        responseId: "r-1",
        finishReason: "stop",
        usage: { input: 10, cacheRead: 200, cacheWrite: 30, output: 7, reasoning: 2 },
        usageFinal: true,
      }),
    ).toMatchObject({
      "gen_ai.provider.name": "anthropic",
      "gen_ai.request.model": "m",
      "gen_ai.prompt.name": "support answer",
      "gen_ai.prompt.version": "7",
      "gen_ai.response.model": "m-1",
      "gen_ai.response.id": "r-1",
      "gen_ai.response.finish_reasons": ["stop"],
      "gen_ai.usage.input_tokens": 240n,
      "gen_ai.usage.cache_read.input_tokens": 200n,
      "gen_ai.usage.cache_write.input_tokens": 30n,
      "gen_ai.usage.output_tokens": 7n,
      "gen_ai.usage.reasoning.output_tokens": 2n,
      "spoor.usage.final": true,
    });
  });

  test("leave out what is unknown: no total of an unknown part, and never zero", () => {
    const usage = { input: null, cacheRead: 5, cacheWrite: null, output: null, reasoning: null };
    const said = attributes({ kind: "model", usage });
    expect(Object.keys(said).filter((name) => name.startsWith("gen_ai."))).toEqual([
      "gen_ai.operation.name",
      "gen_ai.conversation.id",
      "gen_ai.usage.cache_read.input_tokens",
    ]);
  });

  test("say after how many seconds the first piece of an answer arrived", () => {
    const times = { kind: "model", startedAt: 1_000, endedAt: 4_000 } as const;
    const name = "gen_ai.response.time_to_first_chunk";
    expect(attributes({ ...times, firstOutputAt: 1_250 })[name]).toBe(0.25);
    expect(attributes({ ...times, firstOutputAt: null })).not.toHaveProperty(name);
    expect(attributes({ ...times, firstOutputAt: 900 })).not.toHaveProperty(name);
  });

  test("say that an answer was streamed where its first piece was seen, and else nothing", () => {
    const name = "gen_ai.request.stream";
    expect(attributes({ kind: "model", firstOutputAt: 1 })[name]).toBe(true);
    expect(attributes({ kind: "model" })).not.toHaveProperty([name]);
  });

  test("call a provider as the conventions do, and one that they do not know as it is called", () => {
    for (const [provider, word] of [
      ["google_vertexai", "gcp.vertex_ai"],
      ["mistralai", "mistral_ai"],
      ["openai", "openai"],
      ["ollama", "ollama"],
      ["constructor", "constructor"],
    ] as const)
      expect(attributes({ kind: "model", provider })["gen_ai.provider.name"]).toBe(word);
  });

  test("say that a conversation was compacted where it was, and never that it was not", () => {
    const name = "gen_ai.conversation.compacted";
    expect(attributes({ kind: "compaction" })[name]).toBe(true);
    expect(attributes({ kind: "compaction", status: "error" })).not.toHaveProperty([name]);
    expect(attributes({ kind: "model" })).not.toHaveProperty([name]);
  });

  test("carry tokens as `gen_ai.usage` on model calls only", () => {
    const usage = { input: 1, cacheRead: 0, cacheWrite: 0, output: 1, reasoning: null };
    for (const kind of ["turn", "tool", "agent", "step"] as const)
      expect(Object.keys(attributes({ kind, usage, unattributed: usage })).join()).not.toContain(
        "gen_ai.usage",
      );
  });

  test("show a turn's unattributed rest under our own names, never below zero", () => {
    const unattributed = { input: -4, cacheRead: 9, cacheWrite: 0, output: -1, reasoning: null };
    expect(attributes({ kind: "turn", unattributed, reportedUsd: 0.25 })).toMatchObject({
      "spoor.usage.unattributed.input_tokens": 9n,
      "spoor.usage.unattributed.cache_read.input_tokens": 9n,
      "spoor.usage.unattributed.output_tokens": 0n,
      "spoor.usage.unattributed.final": true,
      "spoor.cost.reported_usd": 0.25,
    });
  });

  test("name the tool and its call on tool spans only, because backends rename spans by them", () => {
    expect(attributes({ kind: "tool", name: "search", toolCallId: "t-1" })).toMatchObject({
      "gen_ai.tool.name": "search",
      "gen_ai.tool.call.id": "t-1",
    });
    expect(attributes({ kind: "model", name: "search" })["gen_ai.tool.name"]).toBeUndefined();
  });

  test("carry the labels of the session, but not who the user was", () => {
    const labels = {
      ...exampleSpan().labels,
      userId: { withheld: "policy" } as const,
      environment: "production",
      feature: "refunds",
      tags: ["a", "b"],
    };
    const said = attributes({ labels });
    expect(said).toMatchObject({
      "deployment.environment.name": "production",
      "spoor.feature": "refunds",
      "spoor.tags": ["a", "b"],
    });
    expect(said["user.id"]).toBeUndefined();
  });
});

describe("status", () => {
  test("an error is one, by its type, without its text", () => {
    const failed = {
      status: "error",
      errorType: "Timeout",
      detail: { withheld: "policy" },
    } as const;
    expect(encoded(failed).status).toEqual({ code: 2 });
    expect(attributes(failed)["error.type"]).toBe("Timeout");
  });

  test("an error is an exception where it happened, and only there", () => {
    const failed = {
      status: "error",
      errorType: "Timeout",
      startedAt: 1_000,
      endedAt: 1_500,
    } as const;
    const [exception] = encoded(failed).events;
    expect(exception).toMatchObject({ name: "exception", timeUnixNano: "1500000000" });
    expect(attributesIn(exception?.attributes ?? [])).toEqual({ "exception.type": "Timeout" });
    const passedOn = { ...failed, errorPassedOn: true };
    expect(encoded(passedOn)).toMatchObject({ events: [], status: { code: 2 } });
    expect(attributes(passedOn)).toMatchObject({
      "error.type": "Timeout",
      "spoor.error.passed_on": true,
    });
  });

  test.each(["ok", "suspended", "cancelled", "abandoned"] as const)("%s is no error", (status) => {
    expect(encoded({ status }).status).toEqual({ code: 0 });
    expect(attributes({ status })["spoor.status"]).toBe(status);
  });
});

describe("times", () => {
  test("an unknown end stands at the start, and says so", () => {
    const open = { startedAt: 1_000, endedAt: null };
    expect(encoded(open)).toMatchObject({
      startTimeUnixNano: "1000000000",
      endTimeUnixNano: "1000000000",
    });
    expect(attributes(open)["spoor.unknown"]).toEqual(["endedAt"]);
  });

  test("that nobody knows are when the span was recorded, and are said to be unknown", () => {
    const known = { startedAt: null, endedAt: null, recordedAt: 3_000 };
    expect(encoded(known)).toMatchObject({
      startTimeUnixNano: "3000000000",
      endTimeUnixNano: "3000000000",
    });
    expect(attributes(known)["spoor.unknown"]).toEqual(["startedAt", "endedAt"]);
    const observed = { ...known, startedAt: 1_000 };
    expect(encoded(observed).endTimeUnixNano).toBe("1000000000");
  });

  test("of a span that nobody knows when it was recorded are absent, not the year 1970", () => {
    const span = encoded({ startedAt: null, endedAt: null });
    expect(span.startTimeUnixNano ?? span.endTimeUnixNano).toBeUndefined();
  });

  test("that were inferred are called so", () => {
    expect(attributes({ inferred: ["startedAt"] })["spoor.inferred"]).toEqual(["startedAt"]);
  });

  test("that run backwards between two clocks end at the start, inferred", () => {
    const crossed = { startedAt: 2_000, endedAt: 1_999 };
    expect(encoded(crossed).endTimeUnixNano).toBe("2000000000");
    expect(attributes(crossed)["spoor.inferred"]).toEqual(["endedAt"]);
  });
});

describe("marks", () => {
  test("become span events with their own words", () => {
    const marks = [
      mark({ type: "handoff.made", to: "cook", at: { ms: 1_500.25 } }),
      mark({ type: "attempt.failed", errorType: "RateLimit", retryDelayMs: 50, at: { ms: 1_600 } }),
    ];
    const events = encoded({ marks }).events.map((event) => ({
      ...event,
      attributes: attributesIn(event.attributes),
    }));
    expect(events).toEqual([
      {
        name: "handoff.made",
        timeUnixNano: "1500250000",
        attributes: { "spoor.handoff.to": "cook" },
      },
      {
        name: "attempt.failed",
        timeUnixNano: "1600000000",
        attributes: { "error.type": "RateLimit", "spoor.attempt.retry_delay_ms": 50 },
      },
    ]);
  });

  test("without a time stand at the start, and say so", () => {
    const [event] = encoded({
      startedAt: 1_000,
      marks: [mark({ type: "limit.reached", limit: "usd", value: 5 })],
    }).events;
    expect(event?.timeUnixNano).toBe("1000000000");
    expect(attributesIn(event?.attributes ?? [])).toMatchObject({ "spoor.unknown": ["at"] });
  });

  test("that only tell what the attributes say are no events", () => {
    const marks = [mark({ type: "usage.reported" }), mark({ type: "span.amended" })];
    expect(encoded({ marks }).events).toEqual([]);
  });
});

test("links say what they are", () => {
  const link = {
    kind: "resume",
    traceId: "1".repeat(32) as TraceId,
    spanId: "2".repeat(16) as SpanId,
  } as const;
  expect(encoded({ links: [link] }).links).toEqual([
    {
      traceId: "1".repeat(32),
      spanId: "2".repeat(16),
      attributes: [{ key: "spoor.link.kind", value: { stringValue: "resume" } }],
    },
  ]);
});

test("a link to the parent says that it is the parent: Jaeger would take it for a span that only follows", () => {
  const traceId = exampleSpan().traceId;
  const spanId = "2".repeat(16) as SpanId;
  const elsewhere = "1".repeat(32) as TraceId;
  const links = [traceId, elsewhere].map((trace) => ({
    kind: "resume" as const,
    traceId: trace,
    spanId,
  }));
  expect(
    encoded({ parentSpanId: spanId, links }).links.map((link) => attributesIn(link.attributes)),
  ).toEqual([
    { "spoor.link.kind": "resume", "opentracing.ref_type": "child_of" },
    { "spoor.link.kind": "resume" },
  ]);
});

test("half a surrogate pair in a name does not make a batch unreadable", () => {
  const name = "half \ud83d";
  const span = encoded({ kind: "tool", name });
  expect(span.name.isWellFormed()).toBe(true);
  expect(attributesIn(span.attributes)["gen_ai.tool.name"]).toBe("half \ufffd");
});
