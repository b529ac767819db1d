import { describe, expect, test } from "vitest";
import { exampleContent, held } from "../../otlp/encode/example-span.ts";
import { ExportFailure } from "../../pipeline/export-failure.ts";
import type { Location } from "../../pipeline/locating.ts";
import type { AgentEvent, EventId, SpanId, TraceId } from "../../vocabulary/event.ts";
import {
  type Answering,
  answering,
  ingesting,
  linesIn,
  type SentLine,
} from "../answering.fixture.ts";
import { serverOf } from "../server/langfuse-server.ts";
import { langfuseScores } from "./langfuse-scores.ts";

const score = (id: string, said: object = {}): AgentEvent =>
  ({
    v: 0,
    id: id as EventId,
    type: "score.given",
    recordedAt: 2,
    sequence: 1,
    spanId: "1".repeat(16),
    session: "thread-1",
    source: "api",
    on: "turn",
    mark: "1",
    name: "helpful",
    value: 0.5,
    at: { ms: 1 },
    ...said,
  }) as AgentEvent;

const span = { traceId: "a".repeat(32) as TraceId, spanId: "1".repeat(16) as SpanId };
const there: Location = {
  span,
  turnSpanId: span.spanId,
  name: "turn",
  agent: null,
  environment: null,
  sessionInferred: false,
  isToldAgain: false,
};

const takesAll = ingesting(() => 201);

interface World {
  readonly answer?: Answering;
  readonly location?: Location | null;
  readonly content?: typeof exampleContent | null;
}

async function sent(
  batch: readonly AgentEvent[],
  { answer = takesAll, location = there, content = exampleContent }: World = {},
): Promise<{ readonly lines: readonly SentLine[]; readonly failure: unknown }> {
  const { asked, fetch } = answering(answer);
  const project = { baseUrl: "http://langfuse.example", publicKey: "pk-1", secretKey: "sk-1" };
  const settings = { name: "langfuse-scores", content: "full", environment: "ci" } as const;
  const { signal } = new AbortController();
  const failure: unknown = await langfuseScores(serverOf(project, { fetch }), settings)
    .export(batch, { signal, content, locate: () => location })
    .catch((error: unknown) => error);
  return { lines: asked.flatMap(linesIn), failure };
}

test("a score is kept under the id of its event, on the observation that it was given to", async () => {
  const { lines, failure } = await sent([score("e1", { why: held("was right") })]);
  expect(failure).toBeUndefined();
  expect(lines).toEqual([
    {
      id: "e1",
      type: "score-create",
      timestamp: "1970-01-01T00:00:00.001Z",
      body: {
        id: "e1",
        traceId: span.traceId,
        observationId: span.spanId,
        name: "helpful",
        value: 0.5,
        dataType: "NUMERIC",
        comment: "was right",
        environment: "ci",
      },
    },
  ]);
});

test.each([
  ["Production", "production"],
  ["langfuse-own", "ci"],
])("it lies in the environment of its session, %s, as Langfuse takes that", async (said, told) => {
  const { lines } = await sent([score("e1")], { location: { ...there, environment: said } });
  expect(lines[0]?.body).toMatchObject({ environment: told });
});

test.each([
  [true, { value: 1, dataType: "BOOLEAN" }],
  [false, { value: 0, dataType: "BOOLEAN" }],
  ["good", { value: "good", dataType: "CATEGORICAL" }],
  [-3, { value: -3, dataType: "NUMERIC" }],
])("%j is told by its kind", async (value, body) => {
  const { lines } = await sent([score("e1", { value })]);
  expect(lines[0]?.body).toMatchObject(body);
});

test("why it was given stays here where no content goes out", async () => {
  const { lines } = await sent([score("e1", { why: held("was right") })], { content: null });
  expect(lines[0]?.body).not.toHaveProperty("comment");
});

describe("without a span that is known", () => {
  test.each([
    ["on the session itself", { on: null, spanId: null }, there, undefined],
    [
      "on a span of which nobody told the trace",
      {},
      { ...there, span: null },
      { "spoor.spanId": "1".repeat(16) },
    ],
  ])("it is on the session: %s", async (_name, said, location, metadata) => {
    const { lines } = await sent([score("e1", said)], { location });
    const body = lines[0]?.body;
    expect([body?.["sessionId"], body?.["metadata"]]).toEqual(["thread-1", metadata]);
    expect(body).not.toHaveProperty("observationId");
  });

  test.each([
    ["has no name of its own", "thread-1", { ...there, span: null, sessionInferred: true }],
    ["has one that Langfuse does not take", "gespräch", { ...there, span: null }],
  ])("and where the session %s, it is dropped and counted", async (_name, session, location) => {
    const { lines, failure } = await sent([score("e1", { session })], { location });
    expect(lines).toEqual([]);
    expect(ExportFailure.is(failure) && failure).toMatchObject({ retry: "never", rejected: 1 });
  });
});

test("what Langfuse refuses is counted, and with it what has no place there", async () => {
  const answer = ingesting((_, place) => (place === 0 ? 400 : 201));
  const { failure } = await sent(
    [score("e1"), score("e2"), score("e3", { on: null, session: "gespräch" })],
    { answer },
  );
  expect(ExportFailure.is(failure) && failure).toMatchObject({
    retry: "never",
    rejected: 2,
    message: "Langfuse rejected 1 of 2 (400: no e1)",
  });
});

test("other events are nothing to it, and a batch of them is no request", async () => {
  const other = { ...score("e1"), type: "log.written" } as AgentEvent;
  const { lines, failure } = await sent([other]);
  expect([lines, failure]).toEqual([[], undefined]);
});
