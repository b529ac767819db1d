import { describe, expect, test } from "vitest";
import {
  assistant,
  clock,
  clockMs,
  init,
  result,
  system,
  taskStarted,
  text,
  toolUse,
  user,
} from "./example-lines.ts";
import { draftsOf, ofType } from "../fixtures.ts";

const replay = (uuid: string, extra = {}) => user(uuid, "hello", { isReplay: true, ...extra });

describe("a turn", () => {
  test("begins with the first line of main-lane work and ends with the result", () => {
    const drafts = draftsOf([init(), assistant("a1", { call: "m1", second: 2 }), result("r1")]);
    expect(drafts.map(({ type }) => type)).toEqual([
      "session.started",
      "turn.started",
      "span.amended",
      "model.started",
      "model.ended",
      "turn.ended",
    ]);
    expect(ofType(drafts, "turn.ended")).toMatchObject([
      {
        key: "turn@init",
        at: { ms: clockMs(2), inferred: true },
        outcome: { status: "ok" },
        output: "the answer",
      },
    ]);
  });

  test("can be met by a transcript under the line in which its model first speaks", () => {
    const synthetic = assistant("a0", { call: "x" }, { message: { model: "<synthetic>" } });
    const lines = [
      init(),
      synthetic,
      assistant("a1", { call: "m1" }),
      assistant("a2", { call: "m2" }),
    ];
    expect(ofType(draftsOf(lines), "span.amended")).toMatchObject([
      { on: "turn@init", mark: "alias", alias: "a1" },
    ]);
  });

  test("is not begun by the noise between turns, nor by an agent that outlived the one before", () => {
    const noise = system("background_tasks_changed", "n1", { tasks: [] });
    const agent = assistant("a1", { call: "m1", lane: "t1" });
    const drafts = draftsOf([noise, agent]);
    expect(ofType(drafts, "turn.started")).toEqual([]);
    expect(ofType(drafts, "native.noted")).toMatchObject([{ on: null, mark: "n1" }]);
  });

  test("knows who set it off only where its first line says so", () => {
    const channel = { origin: { kind: "channel", server: "mail" } };
    const lines = [
      replay("u1"),
      result("r1"),
      replay("u2", channel),
      result("r2"),
      init(),
      result("r3"),
    ];
    const triggers = ofType(draftsOf(lines), "turn.started").map(({ trigger }) => trigger);
    expect(triggers).toEqual(["user", "channel", undefined]);
  });

  test("takes a replayed prompt as its input, but not what a command printed", () => {
    const printed = user("u1", "<local-command-stdout>ok</local-command-stdout>", {
      isReplay: true,
    });
    const lines = [
      init(),
      printed,
      user("u2", "hello", { isReplay: true }),
      user("u3", "and", { isReplay: true }),
    ];
    const drafts = draftsOf(lines);
    expect(ofType(drafts, "span.amended")).toMatchObject([{ mark: "input", input: "hello" }]);
    expect(ofType(drafts, "message.received").map(({ mark }) => mark)).toEqual(["u1", "u2", "u3"]);
  });

  test("of a local command may be nothing but its result", () => {
    const drafts = draftsOf([result("r1", { local_command: "cost", result: "" })]);
    expect(drafts.slice(1)).toMatchObject([
      { type: "turn.started", key: "turn@r1", name: "cost", trigger: "local_command" },
      { type: "turn.ended", key: "turn@r1", outcome: { status: "ok" } },
    ]);
    expect(ofType(drafts, "turn.ended")[0]).not.toHaveProperty("at");
  });
});

const endOf = (extra: object) =>
  ofType(draftsOf([init(), result("r1", { ...extra })]), "turn.ended")[0];

describe("a turn that went wrong", () => {
  test("is an error where the result says so, whatever its subtype", () => {
    const failed = { is_error: true, terminal_reason: "api_error", result: "API Error: 400" };
    expect(endOf(failed)).toMatchObject({
      outcome: { status: "error", errorType: "api_error" },
      detail: "API Error: 400",
    });
    expect(
      endOf({ is_error: true, subtype: "error_max_turns", errors: ["too", "many"] }),
    ).toMatchObject({
      outcome: { status: "error", errorType: "error_max_turns" },
      detail: "too\nmany",
    });
  });

  test("is cancelled where it was aborted", () => {
    expect(endOf({ is_error: true, terminal_reason: "aborted_tools" })?.outcome).toEqual({
      status: "cancelled",
    });
  });

  test("is cancelled where the user interrupted it", () => {
    const interrupt = user("u1", [text("[Request interrupted by user]")]);
    const drafts = draftsOf([init(), interrupt, result("r1", { is_error: true })]);
    expect(ofType(drafts, "turn.ended")[0]?.outcome).toEqual({ status: "cancelled" });
    expect(ofType(drafts, "message.received")).toMatchObject([{ on: "turn@init", role: "user" }]);
  });

  const thrown = { "#thrown": { name: "Error", message: "aborted by user" } };

  test("and that nobody saw ending stays open, with what the iterator threw", () => {
    const drafts = draftsOf([
      init(),
      assistant("a1", { call: "m1", block: toolUse("t1") }),
      thrown,
      init("init-2"),
    ]);
    expect(drafts.filter((draft) => "outcome" in draft)).toEqual([]);
    expect(ofType(drafts, "log.written")).toMatchObject([
      { on: "turn@init", level: "error", content: "aborted by user" },
    ]);
    expect(ofType(drafts, "turn.started").map(({ key }) => key)).toEqual([
      "turn@init",
      "turn@init-2",
    ]);
  });

  test("and left agents behind is not waited for any more", () => {
    const spawn = taskStarted("s1", "k1", "t1");
    const retry = system("api_retry", "y1", { error_status: 529 });
    const drafts = draftsOf([init(), spawn, thrown, retry]);
    expect(ofType(drafts, "attempt.failed")[0]?.on).toBeNull();
  });

  test("is in no counter of the process that goes on", () => {
    const usage = { input_tokens: 1 };
    const drafts = draftsOf([
      init(),
      assistant("a1", { call: "m1", usage }),
      thrown,
      init("init-2"),
      assistant("a2", { call: "m2", usage }),
      result("r1", { model_usage_since_last_result: { opus: { inputTokens: 1 } } }),
    ]);
    expect(ofType(drafts, "usage.reported").map(({ on, meter }) => [on, meter])).toEqual([
      ["m1", "from@init"],
      ["m2", "since@a1"],
      ["turn@init-2", "since@a1"],
    ]);
  });

  test("is not told again by what the iterator throws after its result", () => {
    const lines = [init(), result("r1", { is_error: true })];
    expect(draftsOf([...lines, thrown])).toEqual(draftsOf(lines));
  });
});

describe("a session", () => {
  test("starts at its first line, whatever that is", () => {
    expect(ofType(draftsOf([init(), init("init-2")]), "session.started")).toMatchObject([
      { framework: "claude-code", frameworkVersion: "2.1.329", native: { cwd: "/project" } },
    ]);
    const [started] = draftsOf([system("hook_started", "h1")]);
    expect(started).toMatchObject({ type: "session.started", mark: "session" });
    expect(started).not.toHaveProperty("frameworkVersion");
  });

  test("that follows a reset is linked to the turn that was left", () => {
    const reset = {
      type: "conversation_reset",
      uuid: "x",
      session_id: "session-1",
      timestamp: clock(3),
    };
    const next = [init("init-2"), result("r2"), init("init-3")].map((line) => ({
      ...line,
      session_id: "session-2",
    }));
    const drafts = draftsOf([init(), result("r1"), reset, system("status", "s1"), ...next]);
    expect(ofType(drafts, "turn.started").map(({ links }) => links)).toEqual([
      undefined,
      [{ kind: "fork", session: "session-1", key: "turn@init" }],
      undefined,
    ]);
  });

  test("keeps its own turns where two share a stream", () => {
    const other = { ...assistant("b1", { call: "m2" }), session_id: "session-2" };
    const drafts = draftsOf([init(), other, assistant("a1", { call: "m1" })]);
    expect(ofType(drafts, "model.started").map(({ session, parent }) => [session, parent])).toEqual(
      [
        ["session-2", "turn@b1"],
        ["session-1", "turn@init"],
      ],
    );
  });
});

describe("a compaction", () => {
  const boundary = system("compact_boundary", "b1", { compact_metadata: { trigger: "manual" } });

  test("lasts from its status line to its boundary, and may begin the turn", () => {
    const drafts = draftsOf([system("status", "s1", { status: "compacting" }), init(), boundary]);
    expect(drafts.slice(1)).toMatchObject([
      { type: "turn.started", key: "turn@s1" },
      { type: "work.started", kind: "compaction", key: "compaction@s1", parent: "turn@s1" },
      { type: "session.started", mark: "version", frameworkVersion: "2.1.329" },
      { type: "native.noted", name: "system.init" },
      { type: "span.amended", on: "turn@s1", alias: "b1" },
      { type: "span.amended", on: "compaction@s1", alias: "compaction@b1" },
      { type: "work.ended", key: "compaction@s1", native: { trigger: "manual" } },
    ]);
  });

  test("that nothing announced is told by its boundary", () => {
    expect(draftsOf([init(), boundary]).slice(2)).toMatchObject([
      { type: "span.amended", on: "turn@init", alias: "b1" },
      { type: "work.started", key: "compaction@b1" },
      { type: "work.ended", key: "compaction@b1" },
    ]);
  });

  test("can come twice in a turn", () => {
    const again = system("compact_boundary", "b2");
    const keys = ofType(draftsOf([init(), boundary, again]), "work.started").map(({ key }) => key);
    expect(keys).toEqual(["compaction@b1", "compaction@b2"]);
  });

  test("that failed is an error", () => {
    const failed = system("status", "s2", { status: null, compact_error: "too long" });
    const drafts = draftsOf([system("status", "s1", { status: "compacting" }), failed]);
    expect(ofType(drafts, "work.ended")).toMatchObject([
      { outcome: { status: "error", errorType: "compaction_failed" }, detail: "too long" },
    ]);
  });
});

test("an agent that runs on is not ended by its turn", () => {
  const lines = [
    init(),
    assistant("a1", { call: "m1", block: toolUse("t1", "Agent") }),
    taskStarted("s1", "k1", "t1"),
    result("r1"),
  ];
  expect(ofType(draftsOf(lines), "work.ended")).toEqual([]);
});
