import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { ExportFailure } from "../pipeline/export-failure.ts";
import { encode } from "../otlp/encode/encode.ts";
import { exampleContent, exampleSpan, held } from "../otlp/encode/example-span.ts";
import { tracesInProtobuf } from "../otlp/wire/protobuf/traces.ts";
import { otel, type OtelOptions } from "./otel.ts";

interface Received {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const closings: (() => void)[] = [];
afterEach(() => {
  for (const close of closings.splice(0)) close();
});

/** A real server on this machine that answers every request alike. Null: it hangs up. */
async function collector(
  reply: Reply | null,
): Promise<{ readonly url: string; readonly received: readonly Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method, url: path, headers } = request;
      received.push({ method, path, headers, body: Buffer.concat(chunks) });
      if (reply) response.writeHead(reply.status, { ...reply.headers }).end(reply.body);
      else request.socket.destroy();
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  closings.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`, received };
}

const now = Date.UTC(2026, 0, 1, 12, 0, 0);
const span = exampleSpan({ name: "one" });

function exported(options: OtelOptions, signal?: AbortSignal): Promise<void> {
  const exporter = otel({
    environment: {},
    clock: () => now,
    service: "shop",
    protocol: "http/json",
    ...options,
  });
  const context = { signal: signal ?? new AbortController().signal, content: exampleContent };
  return exporter.export([span], context);
}

async function failureOf(reply: Reply | null): Promise<ExportFailure> {
  const { url } = await collector(reply);
  const failure: unknown = await exported({ url }).catch((error: unknown) => error);
  if (!(failure instanceof ExportFailure))
    throw new Error("expected a failure", { cause: failure });
  return failure;
}

/** Compressed or not: gzip begins with 1f 8b. */
const wordsOf = (body: Buffer): string => String(body[0] === 0x1f ? gunzipSync(body) : body);

const request = encode([span], { resource: { "service.name": "shop" }, content: null });

test("a trace that the application did not sample is left out, unless it is asked for", () => {
  expect(otel({ environment: {} }).unsampled).toBe("filter");
  const through = { onStart: () => {}, onEnd: () => {}, forceFlush: async () => {} } as never;
  expect(otel({ through }).unsampled).toBe("filter");
  expect(otel({ through, unsampled: "send" }).unsampled).toBe("send");
  expect(() => otel({ unsampled: "drop" as never })).toThrow(
    'expected unsampled to be filter, send, received "drop"',
  );
});

describe("a batch", () => {
  test("is posted as protocol buffers, unless JSON was asked for", async () => {
    const { url, received } = await collector({ status: 200 });
    await exported({ url, protocol: "http/protobuf" });
    await exported({ url, protocol: "http/json" });
    expect(received.map(({ headers }) => headers["content-type"])).toEqual([
      "application/x-protobuf",
      "application/json",
    ]);
    expect(received[0]?.body).toEqual(Buffer.from(tracesInProtobuf(request)));
  });

  test("is posted with the headers that were asked for", async () => {
    const { url, received } = await collector({ status: 200, body: "{}" });
    const asked = { headers: { Authorization: "Bearer k" }, protocol: "http/json" } as const;
    const exporter = otel({ environment: {}, url, ...asked, service: "s" });
    await exporter.export([span], { signal: AbortSignal.timeout(5_000), content: null });
    expect(received).toMatchObject([
      {
        method: "POST",
        path: "/v1/traces",
        headers: { authorization: "Bearer k", "content-type": "application/json" },
      },
    ]);
    expect(received[0]?.headers["content-encoding"]).toBeUndefined();
    expect(JSON.parse(String(received[0]?.body))).toEqual(
      encode([span], { resource: { "service.name": "s" }, content: null }),
    );
  });

  test("above a kilobyte is compressed, and the same underneath", async () => {
    const { url, received } = await collector({ status: 200 });
    const batch = Array.from({ length: 20 }, () => span);
    const context = { signal: AbortSignal.timeout(5_000), content: exampleContent };
    const exporter = otel({ environment: {}, url, service: "shop", protocol: "http/json" });
    await exporter.export(batch, context);
    expect(received[0]?.headers["content-encoding"]).toBe("gzip");
    expect(JSON.parse(String(gunzipSync(received[0]?.body ?? "")))).toEqual(
      encode(batch, { resource: { "service.name": "shop" }, content: null }),
    );
  });

  test("goes where the environment says, with its service and headers, and ours before them", async () => {
    const { url, received } = await collector({ status: 202 });
    const environment = {
      OTEL_EXPORTER_OTLP_ENDPOINT: url.replace("/v1/traces", ""),
      OTEL_EXPORTER_OTLP_HEADERS: "x-team=theirs,x-region=eu",
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_SERVICE_NAME: "shop",
    };
    const exporter = otel({ environment, headers: { "X-Team": "ours" } });
    await exporter.export([span], { signal: AbortSignal.timeout(5_000), content: exampleContent });
    expect(received[0]?.headers).toMatchObject({ "x-team": "ours", "x-region": "eu" });
    expect(String(received[0]?.body)).toContain('"stringValue":"shop"');
  });

  test("above a kilobyte is sent as it is where compression is off", async () => {
    const { url, received } = await collector({ status: 200 });
    const batch = Array.from({ length: 20 }, () => span);
    const exporter = otel({ environment: {}, url, compression: "none" });
    await exporter.export(batch, { signal: AbortSignal.timeout(5_000), content: null });
    expect(received[0]?.headers["content-encoding"]).toBeUndefined();
  });

  test("carries content only where some is given, and asks for none unless told to", async () => {
    const { url, received } = await collector({ status: 200 });
    const batch = [exampleSpan({ kind: "tool", input: held("planted") })];
    const exporter = otel({ environment: {}, url, content: "full" });
    for (const content of [null, exampleContent])
      await exporter.export(batch, { signal: AbortSignal.timeout(5_000), content });
    expect(received.map(({ body }) => wordsOf(body).includes("planted"))).toEqual([false, true]);
    expect([exporter.content, otel({ environment: {}, url }).content]).toEqual(["full", "none"]);
  });

  test("that comes again is the same to the byte", async () => {
    const { url, received } = await collector({ status: 200 });
    await exported({ url });
    await exported({ url });
    expect(received[0]?.body).toEqual(received[1]?.body);
    expect(received[0]?.body.toString()).toBe(JSON.stringify(request));
  });
});

describe("an answer", () => {
  test.each([200, 202, 204])("of %i means that the collector has it", async (status) => {
    const { url } = await collector({ status });
    await expect(exported({ url })).resolves.toBeUndefined();
  });

  test("in another encoding, or of a success that rejects nothing, is a success", async () => {
    for (const body of ["\n\u0002\b", '{"partialSuccess":{"errorMessage":"slow down"}}']) {
      const { url } = await collector({ status: 200, body });
      await expect(exported({ url })).resolves.toBeUndefined();
    }
  });

  test("that rejects spans says how many and why, and is not asked again", async () => {
    const partialSuccess = { rejectedSpans: "2", errorMessage: "too old" };
    const failure = await failureOf({ status: 200, body: JSON.stringify({ partialSuccess }) });
    expect(failure).toMatchObject({
      retry: "never",
      message: "the collector rejected 2 spans: too old",
    });
  });

  test("in protocol buffers is understood: what was rejected, and why a request was refused", async () => {
    const headers = { "content-type": "application/x-protobuf" };
    const rejection = String.fromCharCode(0x0a, 0x0b, 0x08, 0x02, 0x12, 0x07) + "too old";
    expect(await failureOf({ status: 200, headers, body: rejection })).toMatchObject({
      retry: "never",
      rejected: 2,
      message: "the collector rejected 2 items: too old",
    });
    const refusal = String.fromCharCode(0x08, 0x03, 0x12, 0x02) + "no";
    expect(await failureOf({ status: 400, headers, body: refusal })).toMatchObject({
      message: "the collector answered 400: no",
    });
  });

  test.each([
    [400, "smaller", false],
    [413, "smaller", false],
    [422, "smaller", false],
    [401, "same", true],
    [403, "same", true],
    [404, "same", true],
    [405, "same", true],
    [415, "same", true],
    [408, "same", false],
    [429, "same", false],
    [500, "same", false],
    [503, "same", false],
  ])("of %i asks for %s, and for repair: %s", async (status, retry, needsRepair) => {
    const failure = await failureOf({ status, body: "no\n  thanks" });
    expect(failure).toMatchObject({
      retry,
      needsRepair,
      retryAfterMs: null,
      message: `the collector answered ${status}: no thanks`,
    });
  });

  test.each([
    ["7", 7_000],
    ["Thu, 01 Jan 2026 12:00:30 GMT", 30_000],
  ])("that says when to come back (%s) is understood", async (after, retryAfterMs) => {
    const failure = await failureOf({ status: 503, headers: { "retry-after": after } });
    expect(failure).toMatchObject({ retry: "same", retryAfterMs });
  });

  test("that is a web page comes from something else, and is asked again", async () => {
    const headers = { "content-type": "text/html; charset=utf-8" };
    const failure = await failureOf({ status: 200, headers, body: "<html>" });
    expect(failure).toMatchObject({ retry: "same", answered: true });
  });

  test("that sends elsewhere is not followed, and says where to", async () => {
    const failure = await failureOf({ status: 302, headers: { location: "http://other/" } });
    expect(failure).toMatchObject({ retry: "same", answered: true, needsRepair: true });
    expect(failure.message).toContain("http://other/");
  });

  test("of 200 is a success whatever follows it: garbage, a cut, or more than anybody reads", async () => {
    const headers = { "content-encoding": "gzip" };
    const { url } = await collector({ status: 200, headers, body: "no gzip" });
    await expect(exported({ url })).resolves.toBeUndefined();

    const cut = new ReadableStream({ start: (stream) => stream.error(new Error("cut")) });
    await expect(exported({ fetch: async () => new Response(cut) })).resolves.toBeUndefined();

    let pulled = 0;
    const endless = new ReadableStream({
      pull: (stream) => stream.enqueue(new Uint8Array(16_384)) ?? void (pulled += 1),
    });
    await expect(exported({ fetch: async () => new Response(endless) })).resolves.toBeUndefined();
    expect(pulled).toBeLessThan(10);
  });

  test("of 200 whose body never comes is not waited for", async () => {
    const silent = new ReadableStream({ pull: () => new Promise(() => {}) });
    await expect(exported({ fetch: async () => new Response(silent) })).resolves.toBeUndefined();
  });

  test("that rejects half a span has rejected a whole one", async () => {
    const partialSuccess = { rejectedSpans: 1.5 };
    const failure = await failureOf({ status: 200, body: JSON.stringify({ partialSuccess }) });
    expect(failure.rejected).toBe(2);
  });

  test("that never comes asks for the same again, and keeps the cause", async () => {
    const failure = await failureOf(null);
    expect(failure).toMatchObject({ retry: "same", answered: false });
    expect(failure.cause).toBeInstanceOf(Error);
  });

  test.each(["127.0.0.1", "localhost"])(
    "that nobody is there to give (%s) leaves nothing open: nothing has arrived",
    async (host) => {
      const { url } = await collector(null);
      for (const close of closings.splice(0)) close();
      const gone = url.replace("127.0.0.1", host);
      const failure: unknown = await exported({ url: gone }).catch((error: unknown) => error);
      expect(failure).toMatchObject({ retry: "same", answered: true });
    },
  );

  test("from a port that no connection is opened to, neither", async () => {
    const failure = exported({ url: "http://127.0.0.1:9/v1/traces" });
    await expect(failure).rejects.toMatchObject({ retry: "same", answered: true });
  });

  test("from a host that has no address, neither", async () => {
    const cause = Object.assign(new Error("getaddrinfo"), { code: "ENOTFOUND" });
    const unknown: typeof fetch = () => Promise.reject(new TypeError("fetch failed", { cause }));
    await expect(exported({ fetch: unknown })).rejects.toMatchObject({ answered: true });
  });
});

test("a batch that the pipeline gives up is given up", async () => {
  const given = new AbortController();
  const never: typeof fetch = (_, init) =>
    new Promise((_, reject) => {
      init?.signal?.addEventListener("abort", () => reject(new Error("aborted")));
      given.abort();
    });
  await expect(exported({ fetch: never }, given.signal)).rejects.toMatchObject({ retry: "same" });
});
