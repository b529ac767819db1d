import type { EventDraft } from "@spoor/core";
import { describe, expect, test } from "vitest";
import { draftsBy, ofType } from "../fixtures.ts";
import { claudeTranscript } from "./adapter.ts";
import {
  aside,
  assistant,
  attachment,
  clock,
  clockMs,
  copied,
  metadata,
  prompt,
  request,
  synthetic,
  system,
  text,
  toolResult,
  toolUse,
  user,
} from "./example-lines.ts";
import type { TranscriptLine } from "./native.ts";

const draftsOf = (...lines: readonly TranscriptLine[]): readonly EventDraft[] =>
  draftsBy(claudeTranscript, lines);

const beginningsOf = (...lines: readonly TranscriptLine[]) =>
  ofType(draftsOf(...lines), "turn.started");
const endsOf = (...lines: readonly TranscriptLine[]) => ofType(draftsOf(...lines), "turn.ended");

describe("a turn", () => {
  test("begins with a prompt and ends with the model's last words", () => {
    const drafts = draftsOf(
      prompt("u1", "hello", { timestamp: clock(1) }),
      request("r1", 2),
      assistant("a1", { call: "m1", block: text("hi"), second: 3 }, { requestRef: "r1" }),
    );
    expect(drafts).toMatchObject([
      { type: "session.started", framework: "claude-code", frameworkVersion: "2.1.329" },
      {
        type: "turn.started",
        key: "turn@u1",
        at: { ms: clockMs(1) },
        trigger: "user",
        input: "hello",
      },
      { type: "span.amended", on: "turn@u1", alias: "prompt@prompt of u1" },
      { type: "span.amended", on: "turn@u1", alias: "a1" },
      { type: "model.started", key: "m1", parent: "turn@u1", at: { ms: clockMs(2) } },
      { type: "model.ended", key: "m1", at: { ms: clockMs(3) }, output: [text("hi")] },
      { type: "turn.ended", key: "turn@u1", at: { ms: clockMs(3) }, output: "hi" },
    ]);
  });

  test("is not ended by thinking, nor by words after which the model waits for a tool", () => {
    const thinking = { type: "thinking", thinking: "so" };
    const first = prompt("u1");
    expect(endsOf(first, assistant("a1", { call: "m1", block: thinking }))).toEqual([]);
    expect(endsOf(first, assistant("a1", { call: "m1", stop: "tool_use" }))).toEqual([]);
  });

  test("keeps what a call still says after words that looked like its last", () => {
    const drafts = draftsOf(
      prompt("u1"),
      assistant("a1", { call: "m1", block: text("one") }),
      assistant("a2", { call: "m1", block: text("two") }),
    );
    expect(ofType(drafts, "turn.ended")).toMatchObject([{ output: "one" }]);
    expect(ofType(drafts, "message.sent")).toMatchObject([{ on: "m1", content: [text("two")] }]);
  });

  test("of a version that does not say why the model stopped ends when it is left, as far as anyone can tell", () => {
    const answer = assistant("a1", { call: "m1", second: 3, stop: null });
    expect(endsOf(prompt("u1"), answer)).toEqual([]);
    expect(endsOf(prompt("u1"), answer, prompt("u2"))).toMatchObject([
      { key: "turn@u1", outcome: { status: "ok" }, at: { ms: clockMs(3), inferred: true } },
    ]);
    const asking = assistant("a1", { call: "m1", stop: null, block: toolUse("t1") });
    expect(endsOf(prompt("u1"), asking, prompt("u2"))).toEqual([]);
  });

  test("is cancelled where the user interrupted it", () => {
    const interrupt = user("u2", [text("[Request interrupted by user]")]);
    expect(endsOf(prompt("u1"), request("r1", 1), interrupt)).toMatchObject([
      { outcome: { status: "cancelled" } },
    ]);
  });

  test("fails with the request that nothing more will come of", () => {
    const failed = synthetic("a1", "API Error", {
      isApiErrorMessage: true,
      apiErrorType: "overloaded_error",
    });
    const drafts = draftsOf(prompt("u1"), failed);
    expect(ofType(drafts, "turn.ended")).toMatchObject([
      { outcome: { status: "error", errorType: "overloaded_error" }, detail: "API Error" },
    ]);
    expect(ofType(drafts, "log.written")).toMatchObject([{ on: "turn@u1", level: "error" }]);
    expect(ofType(drafts, "model.started")).toEqual([]);
  });

  test("that had too many turns of its own says so", () => {
    const outcome = { status: "error", errorType: "max_turns" };
    const reached = attachment("x1", "max_turns_reached");
    expect(endsOf(prompt("u1"), request("r1", 1), reached)).toMatchObject([{ outcome }]);
  });

  test("that nobody saw ending stays open", () => {
    const lines = [
      prompt("u1"),
      assistant("a1", { call: "m1", block: toolUse("t1"), stop: "tool_use" }),
    ];
    expect(draftsOf(...lines, prompt("u2")).filter((draft) => draft.type === "turn.ended")).toEqual(
      [],
    );
  });

  test("goes on with what belongs to its prompt, even after its answer", () => {
    const drafts = draftsOf(
      prompt("u1"),
      assistant("a1", { call: "m1" }),
      user("u2", "a hook wants more", { isMeta: true, promptId: "prompt of u1" }),
      assistant("a2", { call: "m2" }),
    );
    expect(ofType(drafts, "turn.started")).toHaveLength(1);
    expect(ofType(drafts, "turn.ended")).toHaveLength(1);
    expect(ofType(drafts, "message.received")).toMatchObject([
      { on: "turn@u1", role: "synthetic", content: "a hook wants more" },
    ]);
    expect(ofType(drafts, "model.started")).toMatchObject([
      { key: "m1" },
      { key: "m2", parent: "turn@u1" },
    ]);
  });

  test("has what the program said about its prompt before it", () => {
    const note = user("u1", "the user was away", { isMeta: true, promptId: "prompt of u2" });
    expect(
      ofType(draftsOf(note, prompt("u2"), assistant("a1", { call: "m1" })), "message.received"),
    ).toMatchObject([{ on: "turn@u2", mark: "u1", role: "synthetic" }]);
  });

  test("has what the user said while the model was at work", () => {
    const queued = attachment("x1", "queued_command", { prompt: "hurry" });
    const lines = [prompt("u1"), assistant("a1", { call: "m1", stop: "tool_use" }), queued];
    expect(ofType(draftsOf(...lines), "message.received")).toMatchObject([
      { on: "turn@u1", role: "user", content: "hurry" },
    ]);
  });

  test("is begun by another program's words, too, and says by whose", () => {
    const origin = { kind: "channel", server: "mail" };
    const answer = assistant("a1", { call: "m1" });
    expect(beginningsOf(prompt("u1", "mail!", { origin }), answer)).toMatchObject([
      { trigger: "channel" },
    ]);
  });

  test("that a notification set off is caused by the agent that it is about", () => {
    const launched = { status: "async_launched", agentId: "k1" };
    const words = "<task-notification>\n<task-id>k1</task-id>";
    const drafts = draftsOf(
      prompt("u1"),
      assistant("a1", { call: "m1", block: toolUse("t1", "Agent"), stop: "tool_use" }),
      toolResult("u2", "t1", { toolUseResult: launched }),
      assistant("a2", { call: "m2" }),
      prompt("u3", words, { origin: { kind: "task-notification" } }),
    );
    expect(ofType(drafts, "span.amended")).toContainEqual(
      expect.objectContaining({ on: "turn@u3", mark: "cause", causedBy: "agent@t1" }),
    );
  });
});

const command = (name: string) =>
  prompt("u1", `<command-name>/${name}</command-name>\n<command-args>now</command-args>`);
const answered = (name: string) =>
  system("local_command", "l1", {
    content: "<local-command-stdout>14k tokens</local-command-stdout>",
    commandRun: { command: name, args: "now" },
  });

describe("a command", () => {
  const first = [prompt("u0"), assistant("a0", { call: "m0" })];

  test("that the program answers itself is a turn", () => {
    const drafts = draftsOf(...first, command("context"), answered("context"));
    expect(drafts.slice(-5)).toMatchObject([
      { type: "turn.started", key: "turn@u1", input: "/context now" },
      { type: "span.amended", alias: "prompt@prompt of u1" },
      { type: "span.amended", alias: "l1" },
      { type: "log.written", level: "info", content: "14k tokens" },
      { type: "turn.ended", outcome: { status: "ok" }, output: "14k tokens" },
    ]);
  });

  test("that becomes a prompt is one", () => {
    const drafts = draftsOf(...first, command("review"), assistant("a1", { call: "m1" }));
    expect(ofType(drafts, "turn.started").at(-1)).toMatchObject({ input: "/review now" });
    expect(ofType(drafts, "model.started").at(-1)).toMatchObject({ parent: "turn@u1" });
  });

  test("that clears the conversation is known by that in every source", () => {
    const drafts = draftsOf(command("clear"), answered("clear"), request("r1", 1));
    expect(ofType(drafts, "span.amended").map(({ alias }) => alias)).toContain("clearing");
  });
});

describe("a fork's file", () => {
  const original = [prompt("u1"), assistant("a1", { call: "m1" })];
  const own = [
    { ...prompt("u2"), sessionId: "fork" },
    { ...assistant("a2", { call: "m2" }), sessionId: "fork" },
  ];

  test("begins with lines of the session that it has left, which are that session's", () => {
    const drafts = draftsOf(...original.map(copied), ...own);
    expect(ofType(drafts, "model.started").map(({ key, session }) => [key, session])).toEqual([
      ["m1", "session-1"],
      ["m2", "fork"],
    ]);
    expect(ofType(drafts, "turn.started")).toMatchObject([
      { session: "session-1", key: "turn@u1" },
      { session: "fork", links: [{ kind: "fork", session: "session-1", key: "turn@u1" }] },
    ]);
    expect(ofType(drafts, "span.amended").map(({ alias }) => alias)).not.toContain(
      "prompt@of the fork",
    );
  });

  test("says nothing else of them than their own file does", () => {
    const said = draftsOf(...original).map((draft) => JSON.stringify(draft));
    const again = draftsOf(...original.map(copied), ...own).filter(
      ({ session }) => session === "session-1",
    );
    expect(again.filter((draft) => !said.includes(JSON.stringify(draft)))).toEqual([]);
  });

  test("does not tell whose a prompt is before it is answered, or the program notes something of its own", () => {
    const [first] = original;
    if (first === undefined) throw new Error("no prompt");
    expect(draftsOf(first)).toEqual([]);
    expect(beginningsOf(first, request("r1", 1))).toMatchObject([{ key: "turn@u1" }]);
    for (const type of ["cost-state", "last-prompt"]) {
      expect(beginningsOf(first, { type, sessionId: "session-1" })).toHaveLength(1);
    }
  });
});

const boundary = (trigger: string) =>
  system("compact_boundary", "b1", {
    timestamp: clock(9),
    compactMetadata: { trigger, durationMs: 2000 },
  });

describe("a compaction", () => {
  const summary = user("s1", "what was said", { isCompactSummary: true, promptId: "p" });

  test("that somebody asked for is a turn, begun by its boundary", () => {
    const lines = [prompt("u1"), assistant("a1", { call: "m1" }), boundary("manual"), summary];
    const drafts = draftsOf(...lines);
    expect(drafts.slice(-9)).toMatchObject([
      { type: "turn.started", key: "turn@b1" },
      { type: "usage.reported", on: "turn@b1", basis: "total", final: false, meter: "since@a1" },
      { type: "span.amended", on: "turn@b1", alias: "b1" },
      { type: "work.started", key: "compaction@b1", at: { ms: clockMs(7), inferred: true } },
      { type: "work.ended", key: "compaction@b1", at: { ms: clockMs(9) } },
      { type: "message.received", role: "synthetic" },
      { type: "span.amended", on: "turn@b1", alias: "prompt@p" },
      { type: "span.amended", on: "compaction@b1", alias: "compaction@prompt@p" },
      { type: "span.amended", on: "compaction@b1", output: "what was said" },
    ]);
  });

  test("in the middle of a turn is a part of it", () => {
    const lines = [
      prompt("u1"),
      assistant("a1", { call: "m1", stop: "tool_use" }),
      boundary("auto"),
    ];
    expect(ofType(draftsOf(...lines), "work.started")).toMatchObject([{ parent: "turn@u1" }]);
  });

  test("between two turns is the next one's, whose prompt made it necessary", () => {
    const lines = [prompt("u1"), assistant("a1", { call: "m1" }), boundary("auto")];
    expect(ofType(draftsOf(...lines), "work.started")).toEqual([]);
    expect(ofType(draftsOf(...lines, prompt("u2")), "work.started")).toMatchObject([
      { parent: "turn@u2" },
    ]);
  });
});

const keysOf = (drafts: readonly EventDraft[]) =>
  drafts.flatMap((draft) => ("key" in draft ? `${draft.type} ${draft.key}` : [])).toSorted();

test("the files of a session say the same in any order", () => {
  const main = [
    prompt("u1"),
    assistant("a1", { call: "m1", block: toolUse("t1", "Agent"), stop: "tool_use" }),
    toolResult("u2", "t1", { toolUseResult: { status: "completed", agentId: "k1" } }),
    assistant("a3", { call: "m3" }),
  ];
  const side = [
    metadata("k1", "t1"),
    aside("k1", user("v1", "look", { parentUuid: null })),
    aside("k1", assistant("a2", { call: "m2" })),
  ];
  expect(keysOf(draftsOf(...side, ...main))).toEqual(keysOf(draftsOf(...main, ...side)));
});
