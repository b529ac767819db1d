import { describe, expect, test } from "vitest";
import { ExportFailure } from "../pipeline/export-failure.ts";
import {
  type Answering,
  answering,
  type Answers,
  health,
  json,
  refusedConnection,
} from "./answering.fixture.ts";
import { serverOf } from "./server/langfuse-server.ts";
import type { Transport } from "./transports.ts";
import { type Ways, waysTo } from "./ways.ts";

const { signal } = new AbortController();

function ways(transport: Transport, answer: Answering): Answers & { readonly ways: Ways } {
  const answers = answering(answer);
  const project = { baseUrl: "http://langfuse.example", publicKey: "pk-1", secretKey: "sk-1" };
  return { ...answers, ways: waysTo(serverOf(project, answers), transport) };
}

async function failureOf(transport: Transport, answer: Answering): Promise<ExportFailure> {
  const failure: unknown = await ways(transport, answer)
    .ways.way(signal)
    .catch((error) => error);
  if (!ExportFailure.is(failure)) throw new Error("expected a failure", { cause: failure });
  return failure;
}

describe("the version of the server decides", () => {
  test.each([
    ["3.101.0", "legacy"],
    ["3.102.0", "otlp"],
    ["4.16.0", "otlp"],
  ])("%s: %s", async (version, way) => {
    expect(await ways("auto", () => health(version)).ways.way(signal)).toBe(way);
  });

  test("and is asked for once, without the keys", async () => {
    const { ways: way, asked } = ways("auto", () => health("4.16.0"));
    await way.way(signal);
    await way.way(signal);
    expect(asked.map(({ method, path }) => [method, path])).toEqual([
      ["GET", "/api/public/health"],
    ]);
    expect(asked[0]?.headers.has("authorization")).toBe(false);
  });

  test("and again where it may be another one by now", async () => {
    const versions = ["3.22.0", "4.1.0"];
    const { ways: way } = ways("auto", () => health(versions.shift() ?? "none"));
    const first = await way.way(signal);
    way.forget();
    expect([first, await way.way(signal)]).toEqual(["legacy", "otlp"]);
  });
});

test("who says otlp is not asked about the server", async () => {
  const { ways: way, asked } = ways("otlp", () => refusedConnection());
  way.forget();
  expect([await way.way(signal), asked.length]).toEqual(["otlp", 0]);
});

test("the legacy transport is refused where all that goes there would be lost", async () => {
  expect(await ways("legacy", () => health("3.160.0")).ways.way(signal)).toBe("legacy");
  expect(await failureOf("legacy", () => health("4.0.0"))).toMatchObject({
    retry: "same",
    answered: true,
    needsRepair: true,
    message: expect.stringMatching(/version 4\.0\.0.*leave transport out/),
  });
});

describe("where the version cannot be learnt, what waits goes on waiting", () => {
  test.each<[string, Answering, object]>([
    ["nobody answers", () => refusedConnection(), { needsRepair: false }],
    [
      "it cannot now",
      () => json({ status: "error", version: "3.150.0" }, 503),
      { needsRepair: false },
    ],
    ["it asks for time", () => json({}, 429, { "retry-after": "7" }), { retryAfterMs: 7_000 }],
    [
      "another answers",
      () => new Response("<html>", { headers: { "content-type": "text/html" } }),
      { needsRepair: true },
    ],
    ["a version nobody knows", () => health("main"), { needsRepair: true }],
    ["another API", () => json({}, 404), { needsRepair: true }],
    [
      "it has moved",
      () => json({}, 301, { location: "https://langfuse.example/" }),
      { needsRepair: true },
    ],
    [
      "the connection is cut",
      () => new TypeError("fetch failed", { cause: new Error("socket hang up") }),
      { needsRepair: false },
    ],
  ])("%s", async (_name, answer, failure) => {
    expect(await failureOf("auto", answer)).toMatchObject({
      retry: "same",
      answered: true,
      ...failure,
    });
  });

  test.each([401, 403, 404])(
    "and where something keeps its health back with %i, no key is blamed",
    async (status) => {
      const { message, needsRepair } = await failureOf("auto", () => json({}, status));
      expect(message).toBe(
        `what answers at http://langfuse.example does not tell its version (${status}), check the address, or say transport: "otlp" to send without asking`,
      );
      expect(needsRepair).toBe(true);
    },
  );

  test("and a sentence says where it was asked", async () => {
    const { message } = await failureOf("auto", () => health("main"));
    expect(message).toBe(
      'what answers at http://langfuse.example does not tell a version of Langfuse: version "main", check the address, or say transport: "otlp" to send without asking',
    );
  });
});
