import { expect, onTestFinished, test } from "vitest";
import {
  type LangfuseServer,
  type LangfuseServerOptions,
  langfuseServer,
} from "../langfuse-server.ts";
import { ask, send } from "../sent.fixture.ts";

async function filled(options: LangfuseServerOptions = {}): Promise<LangfuseServer> {
  const server = await langfuseServer(options);
  onTestFinished(() => server.close());
  await send(server, [
    {
      id: "1",
      trace: "t",
      name: "turn",
      attributes: {
        "langfuse.session.id": "s",
        "langfuse.observation.input": '{"a":1}',
        "langfuse.observation.metadata": JSON.stringify({ long: "x".repeat(300), digits: "42" }),
      },
    },
    { id: "2", trace: "t", parent: "1", name: "call", start: "1767268801000000000" },
    { id: "3", trace: "t", parent: "1", name: "tool", start: "1767268802000000000" },
  ]);
  return server;
}

interface Page {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly meta: { readonly cursor?: string };
}

const page = async (server: LangfuseServer, query: string): Promise<Page> =>
  (await (await ask(server, `/api/public/v2/observations?${query}`)).json()) as Page;

test("version 4 tells observations newest first, from where the page before it ended", async () => {
  const server = await filled();
  const first = await page(server, "traceId=t&limit=2");
  expect(first.data.map(({ id }) => id)).toEqual(["3", "2"]);
  const second = await page(server, `traceId=t&limit=2&cursor=${first.meta.cursor}`);
  expect([second.data.map(({ id }) => id), second.meta]).toEqual([["1"], {}]);
});

test("version 4 tells only the groups that are asked for, with empty text for what was never said", async () => {
  const server = await filled();
  const { data } = await page(server, "isRootObservation=true");
  expect(data).toMatchObject([
    { name: "turn", sessionId: "s", userId: "", parentObservationId: null },
  ]);
  expect(data[0]).not.toHaveProperty("metadata");
});

test("version 4 cuts long metadata unless the content is read too, which stays text", async () => {
  const server = await filled();
  const metadata = async (fields: string): Promise<{ long: string; digits: unknown }> =>
    (await page(server, `isRootObservation=true&fields=${fields}`)).data[0]?.["metadata"] as never;
  expect((await metadata("metadata")).long).toHaveLength(200);
  expect(await metadata("io,metadata")).toMatchObject({ long: "x".repeat(300), digits: 42 });
  const whole = await page(server, "isRootObservation=true&fields=io");
  expect(whole.data[0]?.["input"]).toBe('{"a":1}');
});

const status = async (server: LangfuseServer, path: string): Promise<number> =>
  (await ask(server, path)).status;

test("the paths of version 3 are not found in version 4, nor the other way round", async () => {
  const [four, three] = [await filled(), await filled({ version: "3.200.0" })];
  const [trace, list] = ["/api/public/traces/t", "/api/public/v2/observations"];
  expect([await status(four, trace), await status(four, list)]).toEqual([404, 200]);
  expect([await status(three, trace), await status(three, list)]).toEqual([200, 404]);
  const both = await filled({ writeMode: "dual" });
  expect([await status(both, trace), await status(both, list)]).toEqual([200, 200]);
});

test("version 3 tells a whole trace, with content as values", async () => {
  const server = await filled({ version: "3.200.0" });
  const trace: unknown = await (await ask(server, "/api/public/traces/t")).json();
  expect(trace).toMatchObject({
    id: "t",
    name: "turn",
    sessionId: "s",
    input: { a: 1 },
    latency: 2,
    observations: [
      { id: "1", input: { a: 1 } },
      { id: "2", parentObservationId: "1" },
      { id: "3" },
    ],
  });
});

test("a downloaded trace holds observations and scores, and no trace", async () => {
  const server = await filled();
  const event = {
    id: "e",
    type: "score-create",
    timestamp: "2026-01-01T12:00:00.000Z",
    body: { id: "s", traceId: "t", name: "good", value: 1, dataType: "BOOLEAN" },
  };
  await ask(server, "/api/public/ingestion", { batch: [event] });
  const whole: unknown = await (
    await ask(server, "/api/traces/t/download?projectId=project")
  ).json();
  expect(whole).toMatchObject({
    observations: [{ id: "1", input: '{"a":1}', sessionId: "s" }, { id: "2" }, { id: "3" }],
    scores: [{ id: "s", value: 1, stringValue: "True" }],
  });
  const scores: unknown = await (
    await ask(server, "/api/public/v3/scores?traceId=t&fields=subject")
  ).json();
  expect(scores).toMatchObject({
    data: [{ value: true, subject: { kind: "trace", id: "t" } }],
  });
});
