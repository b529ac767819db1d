import { expect, onTestFinished, test } from "vitest";
import {
  type LangfuseServer,
  type LangfuseServerOptions,
  langfuseServer,
} from "./langfuse-server.ts";
import { ask } from "./sent.fixture.ts";

async function listening(options: LangfuseServerOptions = {}): Promise<LangfuseServer> {
  const server = await langfuseServer(options);
  onTestFinished(() => server.close());
  return server;
}

const at = "2026-01-01T12:00:00.000Z";

interface Result {
  readonly successes: readonly { readonly id: string }[];
  readonly errors: readonly { readonly id: string; readonly status: number }[];
}

async function ingest(
  server: LangfuseServer,
  events: readonly (readonly [string, object])[],
): Promise<Result> {
  const batch = events.map(([type, body], index) => ({
    id: `e${index}`,
    type,
    timestamp: at,
    body,
  }));
  const answer = await ask(server, "/api/public/ingestion", { batch });
  expect(answer.status).toBe(207);
  return (await answer.json()) as Result;
}

const score = ["score-create", { id: "s", traceId: "t", name: "helpful", value: 1 }] as const;
const trace = ["trace-create", { id: "t", name: "ask", sessionId: "thread" }] as const;

test("version 4 lets in scores and refuses every trace by itself, within a 207", async () => {
  const server = await listening();
  const { successes, errors } = await ingest(server, [trace, score, ["span-create", { id: "x" }]]);
  expect(successes.map(({ id }) => id)).toEqual(["e1"]);
  expect(errors).toMatchObject([
    { id: "e0", status: 400 },
    { id: "e2", status: 400 },
  ]);
  expect(server.stored()).toMatchObject({ observations: [], scores: [{ id: "s", value: 1 }] });
});

test("version 3 adds later words to earlier ones, and the trace says in which session all of it is", async () => {
  const server = await listening({ version: "3.200.0" });
  await ingest(server, [
    trace,
    [
      "generation-create",
      { id: "g", traceId: "t", startTime: at, model: "gpt-4o", metadata: { a: 1 } },
    ],
    [
      "generation-update",
      {
        id: "g",
        endTime: "2026-01-01T12:00:01.000Z",
        usageDetails: { input: 1_000 },
        metadata: { b: 2 },
      },
    ],
  ]);
  const { observations, sessions } = server.stored();
  expect(observations).toMatchObject([
    {
      type: "GENERATION",
      traceId: "t",
      endTime: "2026-01-01T12:00:01.000Z",
      metadata: { a: "1", b: "2" },
    },
  ]);
  expect(sessions).toMatchObject([{ id: "thread", totalCost: 0.0025 }]);
});

test("version 3 keeps the first word on when a thing began, and lets nothing end before it", async () => {
  const server = await listening({ version: "3.200.0" });
  const [before, after] = ["2026-01-01T11:00:00.000Z", "2026-01-01T13:00:00.000Z"];
  await ingest(server, [
    ["span-update", { id: "s", name: "updated", endTime: before }],
    ["span-create", { id: "s", traceId: "t", name: "created", startTime: at }],
  ]);
  await ingest(server, [["span-create", { id: "s", startTime: after }]]);
  expect(server.stored().observations).toMatchObject([
    { name: "updated", startTime: at, endTime: at },
  ]);
});

test("version 3 loses what a generation has where it stands on a span", async () => {
  const server = await listening({ version: "3.200.0" });
  const said = { id: "x", startTime: at, usageDetails: { input: 1 }, model: "gpt-4o" };
  await ingest(server, [
    ["span-create", said],
    ["tool-create", said],
  ]);
  expect(server.stored().observations).toMatchObject([
    { type: "SPAN", model: null, usageDetails: {} },
    { type: "TOOL", model: "gpt-4o", usageDetails: { input: 1 } },
  ]);
});

test("a score that is said again takes its own place, at the time of the first", async () => {
  const server = await listening();
  await ingest(server, [score]);
  const body = { ...score[1], value: 0 };
  const event = { id: "e", type: "score-create", timestamp: "2027-01-01T00:00:00Z", body };
  await ask(server, "/api/public/ingestion", { batch: [event] });
  expect(server.stored().scores).toMatchObject([{ id: "s", value: 0, timestamp: at }]);
});

test("what is not in its form is refused by itself", async () => {
  const server = await listening({ version: "3.200.0" });
  const { errors } = await ingest(server, [
    ["generation-create", { id: "g", promptName: "greeting" }],
    [
      "generation-create",
      { id: "g", modelParameters: { thinking: { type: "enabled", budget_tokens: 1_024 } } },
    ],
    ["span-create", { id: "s", startTime: "yesterday" }],
    ["span-create", { id: "s", level: "FATAL" }],
    ["trace-create", { id: "t", name: "x".repeat(1_001) }],
    ["walk-create", {}],
    ["score-create", { id: "s", name: "n", value: 1 }],
    ["score-create", { id: "s", name: "n", value: 2, dataType: "BOOLEAN", traceId: "t" }],
    ["score-create", { id: "s", name: "n", value: 1, sessionId: "x", observationId: "o" }],
  ]);
  expect(errors.map(({ id }) => id)).toEqual([
    "e0",
    "e1",
    "e2",
    "e3",
    "e4",
    "e5",
    "e6",
    "e7",
    "e8",
  ]);
});

test("a score without an id is taken, and thrown away", async () => {
  const server = await listening();
  const { successes } = await ingest(server, [
    ["score-create", { traceId: "t", name: "helpful", value: 1 }],
  ]);
  expect(successes).toHaveLength(1);
  expect(server.stored().scores).toEqual([]);
});
