import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as say from "../../testing-kit/drafts.ts";
import type { EventDraft, Outcome } from "../../vocabulary/event.ts";
import { sentLogs } from "./sent-logs.fixture.ts";

const page = readFileSync(
  new URL("../../../../../docs/spec/otel-logs.md", import.meta.url),
  "utf8",
);

/** The first cells of the table that begins with this heading. */
function firstCells(heading: string): readonly string[] {
  const [, rest = ""] = page.split(`\n| ${heading} |`);
  const [table = ""] = rest.split("\n\n");
  return [...table.matchAll(/^\| ((?:`[\w.]+`(?:, )?)+) \|/gm)].flatMap(([, cell = ""]) =>
    [...cell.matchAll(/`([\w.]+)`/g)].map(([, name = ""]) => name),
  );
}

const on = (mark: string) =>
  ({ session: say.session, source: "stream", on: "turn", mark }) as const;
const error: Outcome = { status: "error", errorType: "NotFound" };

const everything: readonly EventDraft[] = [
  say.sessionStarted({ userId: "ada" }),
  say.turn("turn", { agent: "guide" }),
  say.turn("again", { resumes: true }),
  say.interrupt("turn", "approval"),
  { ...on("1"), type: "interrupt.resolved" },
  say.work("work", "turn"),
  say.model("model", "turn"),
  say.tool("tool", "turn"),
  ...(["work", "model", "tool"] as const).map((family) => say.ended(family, family)),
  say.tool("failed", "turn"),
  say.ended("tool", "failed", { outcome: error }),
  { ...on("warned"), type: "native.noted", name: "carrier.unreadable", warns: true },
  { ...on("2"), type: "attempt.failed", errorType: "Overloaded" },
  { ...on("3"), type: "limit.reached", limit: "usd", value: 5 },
  { ...on("4"), type: "finding.raised", code: "loop", severity: "info", evidence: [] },
  say.handoff("turn", "5"),
  { ...on("6"), type: "decision.made", kind: "route", choice: "refund" },
  { ...on("7"), type: "score.given", name: "helpful", value: true },
  { ...on("8"), type: "checkpoint.saved", checkpoint: "c" },
  { ...on("9"), type: "checkpoint.restored", checkpoint: "c" },
  { ...on("10"), type: "log.written", level: "info", content: "on its way" },
  say.handoff("somewhere else", "11"),
  say.usage("model", "12", say.tokens(1)),
  say.amended("turn", "13", { name: "answer" }),
  { ...on("16"), on: null, type: "record.reduced", what: "content", why: "erasure" },
  { ...on("17"), type: "checkpoint.written", checkpoint: "c", task: "t" },
  { ...on("18"), type: "checkpoint.refused", errorType: "Error" },
  { ...on("19"), type: "checkpoint.removed" },
  { ...on("20"), type: "message.unhandled", message: "m", fate: "dropped" },
  { ...on("14"), type: "message.sent", role: "user", content: "hello" },
  { ...on("15"), type: "native.noted", name: "ping" },
  say.ended("turn", "turn"),
];

test("the page names every event that is sent, and no other", async () => {
  const sent = await sentLogs(everything, { options: { level: "debug" } });
  const names = new Set(sent.flatMap(({ eventName }) => eventName ?? []));
  expect([...names].toSorted()).toEqual(firstCells("event name").toSorted());
});

test("the page names every attribute that says where a record belongs", async () => {
  const sent = await sentLogs(everything, { options: { level: "debug", content: "full" } });
  const names = new Set(sent.flatMap(({ attributes }) => Object.keys(attributes)));
  const documented = firstCells("attribute");
  expect(documented).toHaveLength(8);
  for (const name of documented) expect(names).toContain(name);
});
