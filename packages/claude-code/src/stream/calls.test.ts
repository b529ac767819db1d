import { describe, expect, test } from "vitest";
import {
  assistant,
  clock,
  clockMs,
  init,
  result,
  sessionId,
  system,
  text,
  toolResult,
  toolUse,
  user,
} from "./example-lines.ts";
import type { Extra } from "./example-lines.ts";
import type { ClaudeMessage } from "./native.ts";
import { draftsOf, ofType } from "../fixtures.ts";

const timed = (uuid: string, tool: string, second: number) => ({
  ...toolResult(uuid, tool),
  timestamp: clock(second),
});

describe("a model call", () => {
  test("is one, however many lines tell of it, and whatever comes between them", () => {
    const drafts = draftsOf([
      init(),
      assistant("a1", { call: "m1", block: toolUse("t1"), second: 1 }),
      toolResult("u1", "t1"),
      assistant("a2", { call: "m1", block: text("more"), second: 2 }),
      assistant("a2", { call: "m1", block: text("more"), second: 2 }),
      result("r1"),
    ]);
    expect(ofType(drafts, "model.started")).toMatchObject([
      { key: "m1", name: "opus", parent: "turn@init", provider: "anthropic" },
    ]);
    expect(ofType(drafts, "model.ended")).toMatchObject([
      { key: "m1", at: { ms: clockMs(2) }, model: "opus", output: [toolUse("t1"), text("more")] },
    ]);
  });

  test("ends when its lane goes on to the next", () => {
    const drafts = draftsOf([assistant("a1", { call: "m1" }), assistant("a2", { call: "m2" })]);
    const calls = drafts.filter(({ type }) => type.startsWith("model."));
    expect(calls).toMatchObject([
      { type: "model.started", key: "m1" },
      { type: "model.ended", key: "m1", outcome: { status: "ok" } },
      { type: "model.started", key: "m2" },
    ]);
  });

  test("is not ended by another lane's", () => {
    const lines = [assistant("a1", { call: "m1" }), assistant("a2", { call: "m2", lane: "t1" })];
    expect(ofType(draftsOf(lines), "model.ended")).toEqual([]);
  });

  test("that was aborted is cancelled at once, and only once", () => {
    const aborted = { aborted: true };
    const lines = [
      assistant("a1", { call: "m1" }, aborted),
      assistant("a2", { call: "m1", block: text("more") }, aborted),
      result("r1"),
    ];
    const ended = ofType(draftsOf(lines), "model.ended");
    expect(ended).toMatchObject([{ key: "m1", outcome: { status: "cancelled" } }]);
    expect(ofType(draftsOf(lines.slice(0, 1)), "model.ended")).toEqual(ended);
  });

  test("started when its lane had all it needed, as far as anyone can tell", () => {
    const drafts = draftsOf([
      assistant("a1", { call: "m1", block: toolUse("t1"), second: 1 }),
      timed("u1", "t1", 4),
      timed("u2", "t2", 3),
      assistant("a2", { call: "m2", second: 6 }),
      result("r1"),
      assistant("a3", { call: "m3", second: 9 }),
    ]);
    expect(ofType(drafts, "model.started").map(({ at }) => at)).toEqual([
      undefined,
      { ms: clockMs(4), inferred: true },
      undefined,
    ]);
  });

  test("has its thinking without signature and cipher, and pictures without their data", () => {
    const picture = {
      type: "image",
      source: { type: "base64", media_type: "image/png", data: "AAAA" },
    };
    const drafts = draftsOf([
      assistant("a1", {
        call: "m1",
        block: { type: "thinking", thinking: "so", signature: "secret" },
      }),
      assistant("a2", { call: "m1", block: { type: "redacted_thinking", data: "secret" } }),
      user("u1", [picture]),
      result("r1"),
    ]);
    expect(ofType(drafts, "model.ended")[0]?.output).toEqual([
      { type: "thinking", thinking: "so" },
      { type: "redacted_thinking" },
    ]);
    expect(ofType(drafts, "message.received")[0]?.content).toEqual([
      { type: "image", source: { ...picture.source, data: "[4 characters of base64 not kept]" } },
    ]);
  });

  test("has no time where the line's does not say its zone", () => {
    const drafts = draftsOf([
      assistant("a1", { call: "m1" }, { timestamp: "2026-11-21T03:22:09" }),
      result("r1"),
    ]);
    expect(ofType(drafts, "model.ended")[0]).not.toHaveProperty("at");
  });

  test("is not what the program says in the model's name", () => {
    const said = { message: { id: "x", model: "<synthetic>", content: [text("API Error: 400")] } };
    const drafts = draftsOf([
      init(),
      assistant("a1", { call: "" }, { ...said, error: "unknown", api_error_status: 400 }),
      assistant("a2", { call: "" }, said),
    ]);
    expect(ofType(drafts, "model.started")).toEqual([]);
    expect(ofType(drafts, "log.written")).toMatchObject([
      { on: "turn@init", mark: "a1", level: "error", native: { api_error_status: 400 } },
      { on: "turn@init", mark: "a2", level: "info" },
    ]);
  });

  test("that is tried again leaves a mark on the turn", () => {
    const retry = { error_status: 529, error: "overloaded", retry_delay_ms: 575 };
    expect(
      ofType(draftsOf([init(), system("api_retry", "x1", retry)]), "attempt.failed"),
    ).toMatchObject([{ on: "turn@init", mark: "x1", errorType: "overloaded", retryDelayMs: 575 }]);
  });
});

const usage = (output: number | null): Extra => ({
  input_tokens: 3,
  cache_read_input_tokens: 7,
  cache_creation_input_tokens: null,
  cache_creation: { ephemeral_1h_input_tokens: 2 },
  output_tokens: output,
});

const partial = (uuid: string, event: Extra) => ({
  type: "stream_event",
  uuid,
  session_id: sessionId,
  api_message_id: "m1",
  event,
});

const said = (uuid: string, output: number | null) =>
  assistant(uuid, { call: "m1", usage: usage(output) });

const startedWith = (inputTokens: number, uuid: string) =>
  partial(uuid, {
    type: "message_start",
    message: { id: "m1", model: "opus", usage: { ...usage(1), input_tokens: inputTokens } },
  });
const endedWith = (inputTokens: number) =>
  partial("p2", {
    type: "message_delta",
    usage: { input_tokens: inputTokens, cache_read_input_tokens: null, output_tokens: 42 },
  });
const lastUsageOf = (...lines: readonly ClaudeMessage[]) =>
  ofType(draftsOf([init(), ...lines]), "usage.reported").at(-1);

describe("the usage of a call", () => {
  test("is said once, and again only where it differs", () => {
    const drafts = draftsOf([
      init(),
      said("a1", 1),
      said("a2", 1),
      said("a3", null),
      said("a4", 2),
    ]);
    const reports = ofType(drafts, "usage.reported");
    expect(reports.map(({ mark }) => mark)).toEqual(["a1", "a4"]);
    expect(reports[0]).toMatchObject({
      on: "m1",
      basis: "call",
      final: false,
      meter: "from@init",
      model: "opus",
      usage: {
        input: 3,
        cacheRead: 7,
        cacheWrite: null,
        cacheWrite1h: 2,
        output: 1,
        reasoning: null,
      },
    });
  });

  test("that nobody knows is not said", () => {
    const nothing = { input_tokens: null };
    const lines = [
      assistant("a1", { call: "m1" }),
      assistant("a2", { call: "m2", usage: nothing }),
    ];
    expect(ofType(draftsOf(lines), "usage.reported")).toEqual([]);
  });

  test("is final where partial messages show the call's end", () => {
    const drafts = draftsOf([
      init(),
      partial("p1", {
        type: "message_start",
        message: { id: "m1", model: "opus", usage: usage(1) },
      }),
      partial("p0", { type: "message_delta", delta: {} }),
      partial("p2", { type: "content_block_delta", delta: { text: "h" } }),
      assistant("a1", { call: "m1", usage: usage(1) }),
      partial("p3", {
        type: "message_delta",
        delta: { stop_reason: "end_turn" },
        usage: { output_tokens: 42 },
      }),
      assistant("a2", { call: "m1", usage: usage(1) }),
      result("r1"),
    ]);
    expect(ofType(drafts, "usage.reported")).toMatchObject([
      { mark: "p1", final: false, usage: { input: 3, output: 1 } },
      { mark: "p3", final: true, usage: { input: 3, cacheWrite1h: 2, output: 42 } },
    ]);
    expect(ofType(drafts, "model.ended")).toMatchObject([{ finishReason: "end_turn" }]);
  });

  test("never falls: zero is what a gateway says that does not know yet", () => {
    const whole = { final: true, usage: { input: 3, cacheRead: 7, output: 42 } };
    expect(lastUsageOf(startedWith(3, "p1"), endedWith(0))).toMatchObject(whole);
    expect(lastUsageOf(startedWith(0, "p1"), endedWith(3))).toMatchObject(whole);
  });

  test("names the counter that ran when the call began", () => {
    const drafts = draftsOf([
      init(),
      assistant("a1", { call: "m1", lane: "t1", usage: usage(1) }),
      result("r1"),
      assistant("a2", { call: "m1", lane: "t1", usage: usage(2) }),
      assistant("a3", { call: "m2", lane: "t1", usage: usage(1) }),
    ]);
    expect(ofType(drafts, "usage.reported").map(({ meter }) => meter)).toEqual([
      "from@init",
      "from@init",
      "since@r1",
    ]);
  });
});
