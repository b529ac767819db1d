import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { answers, type CutPlace, lies, type Script } from "./answer.ts";
import { type Backend, backend } from "./backend.ts";
import { refusesAbove, refusesBodies } from "./refusals.ts";

async function listening(script?: Script): Promise<Backend> {
  const server = await backend(script);
  onTestFinished(() => server.close());
  return server;
}

function post(server: Backend, body: string, more: RequestInit = {}): Promise<Response> {
  return fetch(`${server.url}/v1`, { method: "POST", redirect: "manual", body, ...more });
}

test("a request is recorded with what was sent, decompressed, in the order of arrival", async () => {
  const server = await listening();
  await post(server, "one", { headers: { "x-team": "a" } });
  await fetch(`${server.url}/two?x=1`, {
    method: "PUT",
    headers: { "content-encoding": "gzip" },
    body: gzipSync("two"),
  });
  expect(server.requests).toMatchObject([
    { index: 0, method: "POST", path: "/v1", headers: { "x-team": "a" }, complete: true },
    { index: 1, method: "PUT", path: "/two?x=1", complete: true },
  ]);
  expect(server.requests.map(({ body }) => String(body))).toEqual(["one", "two"]);
  expect(server.requests[1]?.sent).toEqual(gzipSync("two"));
});

test("a body that is not what its header says is recorded as it came, and as incomplete", async () => {
  const server = await listening();
  for (const encoding of ["gzip", "constructor"])
    await post(server, "plain", { headers: { "content-encoding": encoding } });
  expect(server.requests.map(({ body, complete }) => [String(body), complete])).toEqual([
    ["plain", false],
    ["plain", false],
  ]);
});

test("answers come in the order of the script, and the last one stands", async () => {
  const server = await listening([answers.status(500), answers.comeBack(7), answers.ok]);
  const seen = [];
  for (let count = 0; count < 4; count += 1) {
    const { status, headers } = await post(server, "x");
    seen.push([status, headers.get("retry-after")]);
  }
  expect(seen).toEqual([
    [500, null],
    [429, "7"],
    [200, null],
    [200, null],
  ]);
});

test("a date to come back at is an HTTP date", async () => {
  const server = await listening(answers.comeBack(new Date(Date.UTC(2026, 0, 1)), 503));
  const { status, headers } = await post(server, "x");
  expect([status, headers.get("retry-after")]).toEqual([503, "Thu, 01 Jan 2026 00:00:00 GMT"]);
});

test("bodies that are too large, or have a bad member, are refused; the others are taken", async () => {
  const large = await listening(refusesAbove(3));
  expect([(await post(large, "123")).status, (await post(large, "1234")).status]).toEqual([
    200, 413,
  ]);
  const bad = await listening(refusesBodies((body) => body.includes("bad")));
  expect([(await post(bad, "good")).status, (await post(bad, "a bad one")).status]).toEqual([
    200, 400,
  ]);
});

test.each<[CutPlace, number]>([
  ["before body", 0],
  ["in body", 1],
  ["after body", 100_000],
  ["in answer", 100_000],
])("a connection that is cut %s fails, and the request is recorded", async (place, least) => {
  const server = await listening(answers.cut(place));
  const failed = post(server, "x".repeat(100_000)).then((response) => response.text());
  await expect(failed).rejects.toThrow();
  expect(server.requests).toHaveLength(1);
  expect(server.requests[0]?.body.byteLength).toBeGreaterThanOrEqual(least);
  expect(server.requests[0]?.complete).toBe(least === 100_000);
});

test("while it is down nobody is connected, and it comes back at the same address", async () => {
  const server = await listening();
  await post(server, "one");
  await server.down();
  expect(server.openConnections()).toBe(0);
  await expect(post(server, "two")).rejects.toThrow("fetch failed");
  await server.up();
  expect((await post(server, "three")).status).toBe(200);
  expect(server.requests.map(({ body }) => String(body))).toEqual(["one", "three"]);
});

test("an answer may be late, and one that never comes ends with the client", async () => {
  const server = await listening([answers.slow(30), answers.never]);
  const before = performance.now();
  await post(server, "x");
  expect(performance.now() - before).toBeGreaterThanOrEqual(25);
  const given = new AbortController();
  const waiting = post(server, "x", { signal: given.signal });
  await server.arrival();
  await server.arrival();
  given.abort();
  await expect(waiting).rejects.toThrow("aborted");
});

test("closing ends what hangs, what is late and what is kept alive, and may be said twice", async () => {
  const { promise: given, resolve } = Promise.withResolvers<unknown>();
  {
    await using server = await backend([answers.never, answers.slow(60_000), answers.ok]);
    const ends = [post(server, "a"), post(server, "b"), post(server, "c")];
    void Promise.allSettled(ends).then(resolve);
    for (const _ of ends) await server.arrival();
    await server.close();
    expect(server.openConnections()).toBe(0);
  }
  await expect(given).resolves.toHaveLength(3);
});

test("lies are told as they are scripted", async () => {
  const server = await listening([
    lies.garbage,
    lies.webPage,
    lies.redirect("/elsewhere"),
    lies.noGzip,
  ]);
  const garbage = await post(server, "x");
  expect(garbage.status).toBe(200);
  await expect(garbage.json()).rejects.toThrow(SyntaxError);
  expect((await post(server, "x")).headers.get("content-type")).toContain("text/html");
  expect((await post(server, "x")).headers.get("location")).toBe("/elsewhere");
  await expect(post(server, "x").then((response) => response.text())).rejects.toThrow();
});

test("a script that throws shows in the answer", async () => {
  const server = await listening(() => {
    throw new Error("oops");
  });
  const answer = await post(server, "x");
  expect([answer.status, await answer.text()]).toEqual([
    500,
    "the script of this backend failed: Error: oops",
  ]);
});
