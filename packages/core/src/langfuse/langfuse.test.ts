import { describe, expect, test } from "vitest";
import { exampleContent, exampleSpan, held } from "../otlp/encode/example-span.ts";
import { attributesIn, spansIn } from "../otlp/encode/read-back.ts";
import { ExportFailure } from "../pipeline/export-failure.ts";
import type { Span } from "../run-tree/span.ts";
import type { SpanId } from "../vocabulary/event.ts";
import {
  type Answering,
  answering,
  type Asked,
  health,
  ingesting,
  json,
  keys,
  linesIn,
  refusedConnection,
} from "./answering.fixture.ts";
import { langfuse, type LangfuseOptions } from "./langfuse.ts";

const base = "https://langfuse.example";
const environment = { ...keys, LANGFUSE_BASE_URL: base };
const taken = (): Response => json({});

/** A server of a version, which answers all else as it is told. */
const server =
  (version: string, answer: Answering): Answering =>
  (asked) =>
    asked.path === "/api/public/health" ? health(version) : answer(asked);

interface Sent {
  readonly asked: readonly Asked[];
  readonly failure: ExportFailure | null;
}

async function sent(
  answer: Answering,
  batch: readonly Span[] = [exampleSpan({ name: "one" })],
  options: LangfuseOptions = {},
): Promise<Sent> {
  const { asked, fetch } = answering(answer);
  const exporter = langfuse({ environment, fetch, cost: "server", clock: () => 0, ...options });
  const { signal } = new AbortController();
  try {
    await exporter.export(batch, { signal, content: exampleContent });
    return { asked, failure: null };
  } catch (error) {
    if (!ExportFailure.is(error)) throw error;
    return { asked, failure: error };
  }
}

const rowsIn = ({ body = "{}" }: Partial<Asked> = {}): ReturnType<typeof spansIn> =>
  spansIn(JSON.parse(body));

describe("a server that reads OTLP", () => {
  test("gets compressed JSON at the address of its traces, with the keys and who sends it", async () => {
    const { asked, failure } = await sent(server("4.16.0", taken));
    expect(failure).toBeNull();
    const [, request] = asked;
    expect([request?.method, request?.url]).toEqual(["POST", `${base}/api/public/otel/v1/traces`]);
    expect(Object.fromEntries(request?.headers ?? [])).toMatchObject({
      authorization: `Basic ${btoa(`${keys.LANGFUSE_PUBLIC_KEY}:${keys.LANGFUSE_SECRET_KEY}`)}`,
      "content-type": "application/json",
      "content-encoding": "gzip",
      "x-langfuse-ingestion-version": "4",
      "x-langfuse-public-key": keys.LANGFUSE_PUBLIC_KEY,
      "x-langfuse-sdk-name": "spoor",
    });
    expect(rowsIn(request).map(({ name }) => name)).toEqual(["one"]);
  });

  test("is told the environment and the release that the variables say, where a trace says none of its own", async () => {
    const own = { labels: { ...exampleSpan({}).labels, environment: "own", release: null } };
    const variables = {
      ...environment,
      LANGFUSE_TRACING_ENVIRONMENT: "ci",
      LANGFUSE_RELEASE: "r1",
    };
    const none = { labels: { ...own.labels, environment: null } };
    const { asked } = await sent(server("3.150.0", taken), [exampleSpan(own), exampleSpan(none)], {
      environment: variables,
    });
    const told = rowsIn(asked[1]).map(({ attributes }) => {
      const { "langfuse.environment": name, "langfuse.release": release } =
        attributesIn(attributes);
      return [name, release];
    });
    expect(told).toEqual([
      ["own", "r1"],
      ["ci", "r1"],
    ]);
  });

  test("is asked for its version once, and again when something failed", async () => {
    const { fetch, asked } = answering(
      server("4.1.0", () => (asked.length === 2 ? json({}, 503) : taken())),
    );
    const exporter = langfuse({ environment, fetch, cost: "server" });
    const { signal } = new AbortController();
    const attempt = (): Promise<unknown> =>
      exporter
        .export([exampleSpan({})], { signal, content: null })
        .catch((error: unknown) => error);
    await attempt();
    await attempt();
    await attempt();
    expect(asked.map(({ method }) => method).join(" ")).toBe("GET POST GET POST POST");
  });

  test("is told what calls cost by the prices of this package, unless Langfuse is to price them", async () => {
    const call = exampleSpan({
      kind: "model",
      model: "gpt-4o",
      provider: "openai",
      startedAt: Date.UTC(2026, 0, 1),
      usage: { input: 1e6, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: null },
    });
    const costBy = async (options: LangfuseOptions): Promise<unknown> => {
      const { asked, fetch } = answering(server("4.1.0", taken));
      const context = { signal: new AbortController().signal, content: null };
      await langfuse({ environment, fetch, ...options }).export([call], context);
      const [row] = rowsIn(asked[1]);
      return attributesIn(row?.attributes ?? [])["langfuse.observation.cost_details"];
    };
    expect(await costBy({})).toBe('{"total":2.5}');
    expect(await costBy({ cost: "server" })).toBeUndefined();
  });
});

describe("what a server answers", () => {
  test.each<[string, Answering, object, RegExp]>([
    [
      "does not know the keys",
      () => json({ message: "Invalid credentials" }, 401),
      { retry: "same", answered: true, needsRepair: true },
      /^Langfuse refused https:\/\/langfuse\.example with the public key pk-lf-12345678… \(401\), .*region/,
    ],
    ["refuses one member of a batch", () => json({}, 400), { retry: "smaller" }, /answered 400/],
    [
      "finds it too large",
      () => new Response("<html>", { status: 413 }),
      { retry: "smaller" },
      /413/,
    ],
    [
      "wants time",
      () => json({}, 429, { "retry-after": "3" }),
      { retry: "same", retryAfterMs: 3_000, needsRepair: false },
      /429/,
    ],
    [
      "says that all is well, and an error",
      () => json({ error: "no tenant" }),
      { retry: "same", answered: true, needsRepair: true },
      /says 200 and an error, check the address.*: \{"error":"no tenant"\}$/,
    ],
    ["is broken", () => json({}, 500), { retry: "same", needsRepair: false }, /500/],
    [
      "has moved",
      () => json({}, 308, { location: "https://new.example" }),
      { retry: "same", needsRepair: true },
      /redirects to https:\/\/new\.example/,
    ],
    [
      "is not there",
      () => refusedConnection(),
      { retry: "same", answered: true },
      /could not be reached/,
    ],
    [
      "hangs up",
      () => new TypeError("terminated"),
      { retry: "same", answered: false },
      /did not answer/,
    ],
  ])("%s", async (_name, answer, means, words) => {
    const { failure } = await sent(server("4.1.0", answer));
    expect(failure).toMatchObject(means);
    expect(failure?.message).toMatch(words);
  });

  test("no secret is told", async () => {
    const { failure } = await sent(server("4.1.0", () => json({}, 401)));
    expect(failure?.message).not.toContain(keys.LANGFUSE_SECRET_KEY);
  });
});

const all = ingesting(() => 201);

describe("an older server", () => {
  const call = exampleSpan({
    kind: "model",
    name: "ask",
    spanId: "1".repeat(16) as SpanId,
    input: held("question"),
    model: "m-1",
    promptName: "greeting",
    promptVersion: "3",
    usage: { input: 7, cacheRead: null, cacheWrite: null, output: 2, reasoning: null },
  });

  test("gets the same rows by its ingestion API, complete and under their own ids", async () => {
    const { asked, failure } = await sent(server("3.60.0", all), [call]);
    expect(failure).toBeNull();
    expect(asked[1]?.path).toBe("/api/public/ingestion");
    const lines = linesIn(asked[1]);
    expect(lines.map(({ type }) => type)).toEqual(["trace-create", "generation-create"]);
    expect(lines[0]?.body["id"]).toBe(call.traceId);
    expect(lines[1]?.body).toMatchObject({
      id: call.spanId,
      traceId: call.traceId,
      name: "ask",
      model: "m-1",
      promptName: "greeting",
      promptVersion: 3,
      usageDetails: { input: 7, output: 2 },
    });
  });

  test("takes no request above 4.5 MB, so that what is long is shortened, and not refused", async () => {
    const long = { input: held("i".repeat(3e6)), output: held("o".repeat(3e6)) };
    const { asked } = await sent(server("3.60.0", all), [{ ...call, ...long }]);
    const sizes = asked.map(({ body }) => Buffer.byteLength(body));
    expect(Math.max(...sizes)).toBeLessThan(4.5e6);
    const row = asked
      .slice(1)
      .flatMap(linesIn)
      .find(({ type }) => type === "generation-create");
    expect(row?.body["metadata"]).toMatchObject({ "spoor.cut": "input, output" });
  });

  test("says of each row whether it has it: what it refused is counted by spans", async () => {
    const answer = ingesting(({ type }) => (type === "generation-create" ? 400 : 201));
    const { failure } = await sent(server("3.60.0", answer), [exampleSpan({}), call]);
    expect(failure).toMatchObject({ retry: "never", rejected: 1 });
  });

  test("that became a newer one meanwhile, and refuses all, has nothing dropped", async () => {
    const versions = ["3.60.0", "4.1.0"];
    const refusesAll = ingesting(() => 400);
    const { failure } = await sent((asked) =>
      asked.path === "/api/public/health" ? health(versions.shift() ?? "") : refusesAll(asked),
    );
    expect(failure).toMatchObject({ retry: "same", answered: true, retryAfterMs: 0 });
  });
});

test("the legacy transport against a server that would lose it all sends nothing and waits", async () => {
  const { asked, failure } = await sent(server("4.1.0", all), undefined, { transport: "legacy" });
  expect(asked.map(({ path }) => path)).toEqual(["/api/public/health"]);
  expect(failure).toMatchObject({ retry: "same", answered: true, needsRepair: true });
});

test("the application's own client lends its keys and its address, and code wins over it", () => {
  const client = { publicKey: "pk-c", secretKey: "sk-c", baseUrl: "https://client.example/" };
  const at = (options: LangfuseOptions): string | undefined =>
    langfuse({ environment: {}, client, ...options }).destination;
  expect(at({})).toBe("https://client.example/api/public/otel/v1/traces");
  expect(at({ baseUrl: "https://code.example" })).toBe(
    "https://code.example/api/public/otel/v1/traces",
  );
  expect(() => at({ client: { baseUrl: "https://v5.example" } })).toThrow("in line 3");
});

test("an option that is undefined is none", () => {
  const unset = { baseUrl: undefined, name: undefined } as object;
  expect(langfuse({ environment, ...unset })).toMatchObject({
    name: "langfuse",
    destination: `${base}/api/public/otel/v1/traces`,
  });
});

test("what cannot be meant is refused at once", () => {
  expect(() => langfuse({ environment: {} })).toThrow("set LANGFUSE_PUBLIC_KEY");
  expect(() => langfuse({ environment, transport: "http" as "otlp" })).toThrow(
    'expected transport to be auto, otlp, legacy, received "http"',
  );
  expect(() => langfuse({ environment, contextMode: "most" as "full" })).toThrow("contextMode");
});

const troubleOf = (answer: Answering, options: LangfuseOptions = {}): Promise<string | null> => {
  const exporter = langfuse({ environment, ...answering(answer), ...options });
  return exporter.check?.(new AbortController().signal) ?? Promise.resolve("nobody knows");
};

describe("whether a server would take what is sent", () => {
  test("is asked of an older one where its rows go", async () => {
    const { asked, fetch } = answering(server("3.60.0", all));
    const exporter = langfuse({ environment, fetch });
    expect(await exporter.check?.(new AbortController().signal)).toBeNull();
    expect([asked[1]?.path, asked[1]?.body]).toEqual(["/api/public/ingestion", '{"batch":[]}']);
  });

  test("is asked without sending anything", async () => {
    const { asked, fetch } = answering(server("4.1.0", () => json({ data: [] })));
    const exporter = langfuse({ environment, fetch });
    expect(await exporter.check?.(new AbortController().signal)).toBeNull();
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /api/public/health",
      "POST /api/public/otel/v1/traces",
    ]);
    expect(rowsIn(asked[1])).toEqual([]);
  });

  test("keys of another region and a transport that loses all are told", async () => {
    expect(await troubleOf(server("4.1.0", () => json({}, 401)))).toContain(
      "each region has its own",
    );
    expect(await troubleOf(server("4.1.0", taken), { transport: "legacy" })).toContain("4.1.0");
  });

  test("where the moment is to blame, nothing is said against it", async () => {
    await expect(troubleOf(() => refusedConnection())).rejects.toThrow("could not be reached");
  });
});
