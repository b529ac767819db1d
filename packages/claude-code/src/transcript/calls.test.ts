import { expect, test } from "vitest";
import { draftsBy, ofType } from "../fixtures.ts";
import { claudeTranscript } from "./adapter.ts";
import {
  assistant,
  clock,
  clockMs,
  prompt,
  request,
  system,
  text,
  toolResult,
  toolUse,
} from "./example-lines.ts";
import type { TranscriptLine } from "./native.ts";

const draftsOf = (...lines: readonly TranscriptLine[]) =>
  draftsBy(claudeTranscript, [prompt("u1", "hello", { timestamp: clock(1) }), ...lines]);

const used = (output: number) => ({ input_tokens: 3, output_tokens: output });

test("the usage of a call is final where its line says why it stopped", () => {
  const drafts = draftsOf(assistant("a1", { call: "m1", usage: used(42) }));
  expect(ofType(drafts, "usage.reported")).toMatchObject([
    { on: "m1", basis: "call", final: true, usage: { input: 3, output: 42 } },
  ]);
});

test("older versions wrote a placeholder first", () => {
  const drafts = draftsOf(
    assistant("a1", { call: "m1", usage: used(5), stop: null }),
    assistant("a2", { call: "m1", usage: used(90) }),
    assistant("a3", { call: "m1", usage: used(90) }),
  );
  expect(ofType(drafts, "usage.reported").map(({ final, usage }) => [final, usage.output])).toEqual(
    [
      [false, 5],
      [true, 90],
    ],
  );
});

test("a call started when its request was sent, else when it had all that it answers", () => {
  const drafts = draftsOf(
    request("r1", 2),
    request("r2", 4),
    assistant(
      "a1",
      { call: "m1", second: 6, block: toolUse("t1"), stop: "tool_use" },
      { requestRef: "r2" },
    ),
    toolResult("u2", "t1", { timestamp: clock(8) }),
    assistant("a2", { call: "m2", second: 9 }),
  );
  expect(ofType(drafts, "model.started").map(({ at }) => at)).toEqual([
    { ms: clockMs(4) },
    { ms: clockMs(8), inferred: true },
  ]);
});

test("what a call says after another has begun is said, too, and it is still one call", () => {
  const drafts = draftsOf(
    assistant("a1", { call: "m1", block: toolUse("t1"), stop: "tool_use" }),
    assistant("b1", { call: "m2", block: text("here"), stop: "tool_use" }),
    assistant("a2", { call: "m1", block: text("and there"), stop: "tool_use" }),
    assistant("b2", { call: "m2", block: text("as well"), stop: "tool_use" }),
    prompt("u2"),
    assistant("b3", { call: "m2", block: text("even so"), stop: "tool_use" }),
  );
  expect(ofType(drafts, "model.started").map(({ key }) => key)).toEqual(["m1", "m2"]);
  expect(ofType(drafts, "message.sent")).toMatchObject([
    { on: "m1", mark: "a2", content: [text("and there")] },
    { on: "m2", mark: "b3", content: [text("even so")] },
  ]);
});

test("a call whose message has no id is one by its request's", () => {
  const drafts = draftsOf(
    assistant("a1", { call: "", block: text("one"), stop: "end_turn" }, { requestId: "r1" }),
    assistant("a2", { call: "", block: text("two"), stop: "end_turn" }, { requestId: "r1" }),
  );
  expect(ofType(drafts, "model.started").map(({ key }) => key)).toEqual(["r1"]);
  expect(ofType(drafts, "model.ended")[0]).not.toHaveProperty("responseId");
});

test("a call that was cut is cancelled, and nobody knows what it used", () => {
  const cut = assistant(
    "a1",
    { call: "m1", usage: used(1), stop: null },
    { isAbortedMidStream: true },
  );
  const drafts = draftsOf(cut);
  expect(ofType(drafts, "model.ended")).toMatchObject([{ outcome: { status: "cancelled" } }]);
  expect(ofType(drafts, "usage.reported")).toMatchObject([{ final: false }]);
});

const failed = (uuid: string, error: object) =>
  system("api_error", uuid, { error, retryInMs: 500 });

test("an attempt that failed is told on the turn, in the words of the stream", () => {
  const attempts = ofType(
    draftsOf(
      request("r1", 2),
      failed("e1", { status: 529 }),
      failed("e2", { status: 418 }),
      failed("e3", { message: "Connection error.", connection: {} }),
    ),
    "attempt.failed",
  );
  expect(attempts).toMatchObject([
    { on: "turn@u1", errorType: "overloaded", retryDelayMs: 500 },
    { errorType: "http_418" },
    { errorType: "connection_error" },
  ]);
});

test.each([
  [
    "a connection that broke",
    [request("r1", 2), system("api_error", "e1", { error: { connection: {} } })],
  ],
  [
    "a search, which calls a model itself",
    [
      assistant("a1", { call: "m1", block: toolUse("t1", "WebSearch"), stop: "tool_use" }),
      toolResult("u2", "t1"),
    ],
  ],
])("%s may have used what no transcript counts, and the turn says so once", (_what, lines) => {
  const totals = ofType(draftsOf(...lines, ...lines), "usage.reported").filter(
    ({ basis }) => basis === "total",
  );
  expect(totals).toMatchObject([
    { on: "turn@u1", final: false, usage: { input: null, output: null } },
  ]);
});

const decided = (decision: string, source: string) =>
  ofType(
    draftsOf(
      assistant("a1", { call: "m1", block: toolUse("t1"), stop: "tool_use" }),
      toolResult("u2", "t1", { permissionDecision: { decision, source } }),
    ),
    "decision.made",
  ).map(({ choice }) => choice);

test("what a person decided about a tool, and what was refused by whomever, is a decision", () => {
  expect(decided("accept", "config")).toEqual([]);
  expect(decided("accept", "user_temporary")).toEqual(["accept"]);
  expect(decided("reject", "config")).toEqual(["reject"]);
});
