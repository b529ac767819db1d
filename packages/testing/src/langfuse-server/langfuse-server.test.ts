import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { faults } from "./faults.ts";
import {
  type LangfuseServer,
  type LangfuseServerOptions,
  langfuseServer,
} from "./langfuse-server.ts";
import { ask, requestOf, send } from "./sent.fixture.ts";

async function listening(options: LangfuseServerOptions = {}): Promise<LangfuseServer> {
  const server = await langfuseServer(options);
  onTestFinished(() => server.close());
  return server;
}

const traces = "/api/public/otel/v1/traces";

test("its health and its version are told to anybody, and everything else to those with a key", async () => {
  const server = await listening({ version: "3.155.0" });
  const health = await fetch(`${server.url}/api/public/health`);
  expect(await health.json()).toEqual({ status: "OK", version: "3.155.0" });
  const nobody = await fetch(`${server.url}/api/public/projects`);
  expect(nobody.status).toBe(401);
  const wrong = { authorization: `Basic ${btoa("pk-lf-1234567890:wrong")}` };
  expect((await send(server, [{}], wrong)).status).toBe(401);
  expect((await ask(server, "/api/public/projects")).status).toBe(200);
});

test("the secret key alone decides, and a public key alone may only write scores", async () => {
  const server = await listening();
  const other = { authorization: `Basic ${btoa(`pk-lf-other:${server.secretKey}`)}` };
  expect((await send(server, [{}], other)).status).toBe(200);
  const bearer = { authorization: `Bearer ${server.publicKey}` };
  expect((await send(server, [{}], bearer)).status).toBe(403);
  expect((await ask(server, "/api/public/ingestion", { batch: [] }, bearer)).status).toBe(207);
});

test("a body may be compressed, and has to be what it says", async () => {
  const server = await listening();
  const zipped = gzipSync(JSON.stringify(requestOf([{ name: "zipped" }])));
  const gzip = { "content-encoding": "gzip" };
  expect((await ask(server, traces, zipped, gzip)).status).toBe(200);
  expect((await ask(server, traces, requestOf([{}]), gzip)).status).toBe(400);
  expect((await ask(server, traces, {}, { "content-type": "text/plain" })).status).toBe(400);
  expect((await ask(server, traces, new Uint8Array([123]))).status).toBe(400);
  expect((await ask(server, traces, {})).status).toBe(200);
  expect(server.stored().observations.map(({ name }) => name)).toEqual(["zipped"]);
});

test("one span without an id, or one list that is none, and the whole batch is refused", async () => {
  const server = await listening();
  for (const bad of [
    { traceId: "a" },
    { traceId: "a", spanId: 7 },
    { traceId: "a", spanId: "b", attributes: { key: "value" } },
    { traceId: "a", spanId: "b", parentSpanId: 7 },
    { traceId: "a", spanId: "b", events: [{ attributes: {} }] },
  ]) {
    const request = {
      resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: "a", spanId: "c" }, bad] }] }],
    };
    expect((await ask(server, traces, request)).status, JSON.stringify(bad)).toBe(400);
  }
  expect(server.stored().observations).toEqual([]);
});

test("an attribute without a value is lost with its whole batch, after a 200", async () => {
  const server = await listening();
  const spans = [
    { traceId: "a", spanId: "b" },
    { traceId: "a", spanId: "c", attributes: [{ key: "k" }] },
  ];
  const answer = await ask(server, traces, { resourceSpans: [{ scopeSpans: [{ spans }] }] });
  expect(answer.status).toBe(200);
  expect(server.stored().observations).toEqual([]);
  expect(server.lost).toHaveLength(1);
});

test("what comes for a newer model than it knows is refused, and an older server does not look", async () => {
  const five = { "x-langfuse-ingestion-version": "5" };
  expect((await send(await listening(), [{}], five)).status).toBe(400);
  expect((await send(await listening({ version: "3.153.0" }), [{}], five)).status).toBe(200);
});

test("old versions have no endpoint for OTLP, then none for what is compressed", async () => {
  expect((await send(await listening({ version: "3.21.0" }), [{}])).status).toBe(404);
  const server = await listening({ version: "3.29.0" });
  const zipped = gzipSync(JSON.stringify(requestOf([{}])));
  const gzip = { "content-encoding": "gzip" };
  expect((await ask(server, traces, zipped, gzip)).status).toBe(400);
  expect((await send(server, [{}])).status).toBe(200);
});

test("a server that keeps both models copies minutes later what does not say that it is for the new one", async () => {
  const delays = [];
  for (const headers of [
    {},
    { "x-langfuse-ingestion-version": "4" },
    { "x-langfuse-sdk-name": "javascript", "x-langfuse-sdk-version": "5.0.0" },
    { "x-langfuse-sdk-name": "spoor", "x-langfuse-sdk-version": "5.0.0" },
  ]) {
    const server = await listening({ writeMode: "dual" });
    await send(server, [{}], headers);
    delays.push(...server.stored().observations.map(({ delayed }) => delayed));
  }
  expect(delays).toEqual([true, false, false, true]);
});

test("the same span again takes its own place, and one that began at another time stands beside it", async () => {
  const server = await listening();
  await send(server, [{ name: "one" }]);
  await send(server, [{ name: "two" }]);
  expect(server.stored().observations.map(({ name }) => name)).toEqual(["two"]);
  await send(server, [{ name: "three", start: "1767268800001000000" }]);
  expect(server.stored().observations.map(({ name }) => name)).toEqual(["two", "three"]);
});

test("version 3 begins a trace when the span began that names it, whatever lies before", async () => {
  const server = await listening({ version: "3.200.0" });
  const session = { "langfuse.session.id": "s" };
  await send(server, [
    { id: "1", parent: "0", start: "1767268799000000000" },
    { id: "2", parent: "0", attributes: session },
  ]);
  expect(server.stored().traces).toMatchObject([
    { sessionId: "s", timestamp: "2026-01-01T12:00:00.000Z" },
  ]);
});

test("faults hit what brings data, and what was lost on its way back had been taken", async () => {
  const server = await listening();
  server.suffers(faults.times(1, faults.broken(503)));
  expect([(await send(server, [{}])).status, (await send(server, [{}])).status]).toEqual([
    503, 200,
  ]);
  server.suffers(faults.above(100));
  const tooLarge = await send(server, [{}]);
  expect([tooLarge.status, tooLarge.headers.get("content-type")]).toEqual([413, "text/html"]);
  server.suffers(faults.busy(3));
  expect((await send(server, [{}])).headers.get("retry-after")).toBe("3");
  expect((await ask(server, "/api/public/projects")).status).toBe(200);
  server.suffers(faults.lost);
  await expect(send(server, [{ id: "00f067aa0ba902b7" }])).rejects.toThrow("fetch failed");
  expect(server.stored().observations.map(({ id }) => id)).toContain("00f067aa0ba902b7");
  server.suffers(null);
  await server.down();
  await expect(send(server, [{}])).rejects.toThrow("fetch failed");
  await server.up();
  expect((await send(server, [{}])).status).toBe(200);
});
