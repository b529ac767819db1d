import { createObserver } from "@spoor/core";
import { otel } from "@spoor/core/otel";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { breachesIn } from "./reading/breaches.ts";
import { bySession, bySpan } from "./reading/by-id.ts";
import { readStrictly } from "./reading/wire.ts";
import { openBrowser, openPage, seen } from "./servers/browser.ts";
import { type PhoenixProject, projectOf } from "./servers/phoenix-project.ts";
import { type Phoenix, type PhoenixSpan, startPhoenix } from "./servers/phoenix.ts";
import { type Delivered, delivered } from "./sessions/deliver.ts";
import { allInput } from "./sessions/all-input.ts";
import { type Recorded, recordedSessions } from "./sessions/recorded-sessions.ts";
import { endedIn, type Told } from "./sessions/told.ts";

let recorded: Recorded;
let told: readonly Told[];
let phoenix: Phoenix;
let sent: Delivered;
let spans: readonly PhoenixSpan[];

beforeAll(async () => {
  recorded = await recordedSessions();
  told = await endedIn(recorded);
  phoenix = await startPhoenix(recorded.folder);
  sent = await delivered(recorded.dir, {
    name: "phoenix",
    preset: "phoenix",
    url: phoenix.tracesUrl,
    content: "full",
    resource: { "openinference.project.name": "spoor" },
  });
  spans = await phoenix.spans("spoor", told.length);
});
afterAll(async () => {
  await phoenix?.stop();
  recorded?.delete();
});

const kinds: Readonly<Record<string, string>> = { model: "LLM", tool: "TOOL", agent: "AGENT" };

describe("a journal that goes to Phoenix", () => {
  test("is taken in full, and a strict reader has no complaint about what was sent", () => {
    const { length: accepted } = told;
    expect(sent.report).toEqual({ accepted, delivered: accepted, dropped: 0, pending: 0 });
    expect(sent.wire.requests.map(readStrictly).flatMap(breachesIn)).toEqual([]);
  });

  test("cannot go there as JSON, and whoever tries is told", async () => {
    const asJson = otel({ environment: {}, url: phoenix.tracesUrl, protocol: "http/json" });
    const observer = createObserver({ journal: "memory", exporters: [asJson] });
    observer.session({ id: "json" }).turn(() => {});
    const { otel: report } = await observer.flush({ timeoutMs: 1_000 });
    await observer.close({ timeoutMs: 0 });
    expect(report).toMatchObject({ delivered: 0, pending: 1, failure: { needsRepair: true } });
    expect(report?.failure?.message).toContain("415");
  });

  test("is there span by span, each of a kind that Phoenix knows, with session and tokens", () => {
    const found = spans.map((span) => ({
      spanId: span.context.span_id,
      traceId: span.context.trace_id,
      parentSpanId: span.parent_id,
      kind: span.span_kind,
      session: span.attributes["session.id"] ?? null,
      input: span.attributes["llm.token_count.prompt"] ?? null,
      output: span.attributes["llm.token_count.completion"] ?? null,
    }));
    const expected = told.map(({ spanId, traceId, parentSpanId, kind, agent, session, usage }) => ({
      spanId,
      traceId,
      parentSpanId,
      kind: kinds[kind === "turn" && agent !== null ? "agent" : kind] ?? "CHAIN",
      session: session.inferred ? null : session.id,
      input: kind === "model" ? allInput(usage) : null,
      output: kind === "model" ? (usage?.output ?? null) : null,
    }));
    expect(found.toSorted(bySpan)).toEqual(expected.toSorted(bySpan));
  });

  test("has what was said: to a model and by it, to a tool and by it", () => {
    const last = spans.find(
      ({ name, attributes }) =>
        name === "chat scripted-large" &&
        String(attributes["llm.output_messages.0.message.content"]).includes("4183"),
    );
    expect(last?.attributes).toMatchObject({
      "llm.input_messages.0.message.role": "system",
      "llm.input_messages.1.message.role": "user",
      "llm.input_messages.1.message.content":
        "The nightly build of the shop is red, and by day it is green for all of us. Why?",
      "llm.output_messages.0.message.role": "assistant",
    });
    const tool = spans.find(({ name }) => name === "execute_tool push_branch");
    expect(tool?.attributes["output.value"]).toContain("pushed fix/delivery-date");
  });

  test("adds up to sessions, each with its turns and all its tokens", async () => {
    const { sessions } = await projectOf(phoenix, "spoor");
    const expected = [...Map.groupBy(told, ({ session }) => session)].map(([session, of]) => ({
      sessionId: session.id,
      traces: new Set(of.map(({ traceId }) => traceId)).size,
      tokens: of.reduce((sum, { usage }) => sum + (allInput(usage) ?? 0) + (usage?.output ?? 0), 0),
    }));
    const found = sessions.map(({ sessionId, traces, tokens }) => ({ sessionId, traces, tokens }));
    expect(found.toSorted(bySession)).toEqual(expected.toSorted(bySession));
  });
});

describe("somebody who looks at Phoenix's own pages", () => {
  let browser: Browser;
  let project: PhoenixProject;
  beforeAll(async () => {
    browser = await openBrowser();
    project = await projectOf(phoenix, "spoor");
  });
  afterAll(() => browser?.close());

  test("reads the conversation of a session", async () => {
    const session = project.sessions.find(({ sessionId }) => sessionId === "nightly");
    const page = await openPage(browser, session?.address ?? "");
    const texts = [
      "The nightly build of the shop is red",
      "Commit 4f2c1aa prints the date in the time zone",
    ];
    await seen(page, texts, "phoenix-session");
  });

  test("reads what a model was sent and what it answered", async () => {
    const trace = told.findLast(({ session }) => session.id === "nightly")?.traceId;
    const page = await openPage(browser, `${project.address}/traces/${trace}`);
    await page.getByText("chat scripted-large").first().click();
    const texts = ["You find out why builds fail, and mend them.", "Then fix it, please."];
    await seen(page, texts, "phoenix-model-call");
  });
});
