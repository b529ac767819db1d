import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { breachesIn } from "./reading/breaches.ts";
import { bySpan } from "./reading/by-id.ts";
import { readStrictly } from "./reading/wire.ts";
import { openBrowser, openPage, seen } from "./servers/browser.ts";
import { type Mlflow, type MlflowTrace, startMlflow } from "./servers/mlflow.ts";
import { allInput } from "./sessions/all-input.ts";
import { type Delivered, delivered } from "./sessions/deliver.ts";
import { type Recorded, recordedSessions } from "./sessions/recorded-sessions.ts";
import { endedIn, type Told } from "./sessions/told.ts";

let recorded: Recorded;
let told: readonly Told[];
let mlflow: Mlflow;
let sent: Delivered;
/** By trace id. */
let traces: ReadonlyMap<string, MlflowTrace>;

beforeAll(async () => {
  recorded = await recordedSessions();
  told = await endedIn(recorded);
  mlflow = await startMlflow(recorded.folder);
  const { tracesUrl: url, environment } = mlflow;
  sent = await delivered(recorded.dir, {
    name: "mlflow",
    preset: "mlflow",
    url,
    environment,
    protocol: "http/json",
    content: "full",
  });
  const read: [string, MlflowTrace][] = [];
  for (const { traceId } of told)
    if (!read.some(([id]) => id === traceId)) read.push([traceId, await mlflow.trace(traceId)]);
  traces = new Map(read);
});
afterAll(async () => {
  await mlflow?.stop();
  recorded?.delete();
});

const types: Readonly<Record<string, string>> = {
  chat: "CHAT_MODEL",
  execute_tool: "TOOL",
  invoke_agent: "AGENT",
};

describe("a journal that goes to MLflow as JSON", () => {
  test("is taken in full, and a strict reader has no complaint about what was sent", () => {
    const { length: accepted } = told;
    expect(sent.report).toEqual({ accepted, delivered: accepted, dropped: 0, pending: 0 });
    expect(sent.wire.requests.map(readStrictly).flatMap(breachesIn)).toEqual([]);
  });

  test("is there span by span, with parents, and of the types that MLflow knows", () => {
    const found = [...traces].flatMap(([traceId, { spans }]) =>
      spans.map(({ span_id: id, parent_span_id: parent, attributes }) => {
        const said = (name: string): unknown => textIn(attributes, name);
        const type = types[String(said("gen_ai.operation.name"))];
        expect(said("mlflow.spanType") ?? undefined).toBe(type);
        return { traceId, spanId: hexOf(id), parentSpanId: parent ? hexOf(parent) : null };
      }),
    );
    const expected = told.map(({ traceId, spanId, parentSpanId }) => ({
      traceId,
      spanId,
      parentSpanId,
    }));
    expect(found.toSorted(bySpan)).toEqual(expected.toSorted(bySpan));
  });

  test("counts as input all that a model was sent, cached or not", () => {
    const byTrace = Map.groupBy(told, ({ traceId }) => traceId);
    const expected = [...byTrace].map(([traceId, spans]) => [traceId, sumOf(spans)]);
    const found = [...traces].map(([traceId, { trace_info: info }]) => [traceId, tokensIn(info)]);
    expect(found).toEqual(expected);
    expect(told.some(({ usage }) => (usage?.cacheRead ?? 0) > 0)).toBe(true);
  });

  test("knows which session each trace belongs to", () => {
    const found = [...traces].map(([, { trace_info: info }]) => info.trace_metadata);
    expect(found.map((metadata) => metadata["mlflow.trace.session"])).toEqual(
      [...traces.keys()].map((id) => told.find(({ traceId }) => traceId === id)?.session.id),
    );
  });
});

describe("somebody who looks at MLflow's own pages", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  test("reads the conversation of a session", async () => {
    const page = await openPage(browser, `${mlflow.address}/#/experiments/0/chat-sessions/nightly`);
    const texts = [
      "The nightly build of the shop is red, and by day it is green for all of us. Why?",
      "Commit 4f2c1aa prints the date in the time zone",
    ];
    await seen(page, texts, "mlflow-session");
  });

  test("reads what a turn was asked, what it answered, and which tool failed on the way", async () => {
    const trace = told.find(({ session }) => session.id.startsWith("weather"))?.traceId;
    const page = await openPage(
      browser,
      `${mlflow.address}/#/experiments/0/traces?selectedEvaluationId=tr-${trace}`,
    );
    const texts = [
      "Where is it warmer now, in Nairobi or in Atlantis?",
      "It is 22 °C in Nairobi; of Atlantis nobody could tell me.",
      "execute_tool get_temp",
    ];
    await seen(page, texts, "mlflow-turn");
  });
});

const hexOf = (base64: string): string => Buffer.from(base64, "base64").toString("hex");

type Attributes = MlflowTrace["spans"][number]["attributes"];

function textIn(attributes: Attributes, name: string): unknown {
  const found = attributes.find(({ key }) => key === name)?.value;
  return (found as { readonly string_value?: unknown } | undefined)?.string_value ?? null;
}

interface Tokens {
  readonly input: number;
  readonly output: number;
}

function sumOf(spans: readonly Told[]): Tokens {
  return {
    input: spans.reduce((sum, { usage }) => sum + (allInput(usage) ?? 0), 0),
    output: spans.reduce((sum, { usage }) => sum + (usage?.output ?? 0), 0),
  };
}

function tokensIn({ trace_metadata: metadata }: MlflowTrace["trace_info"]): Tokens {
  const told = metadata["mlflow.trace.tokenUsage"];
  const { input_tokens: input = 0, output_tokens: output = 0 } = JSON.parse(told ?? "{}") as {
    readonly input_tokens?: number;
    readonly output_tokens?: number;
  };
  return { input, output };
}
