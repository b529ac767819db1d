import { expect, test } from "vitest";
import { draftsBy, ofType } from "../fixtures.ts";
import { claudeTranscript } from "./adapter.ts";

/** As versions of 2025 wrote them: no prompt ids, no reasons to stop, no notes of the program's own state. */
const head = { sessionId: "s", isSidechain: false, version: "1.0.56", cwd: "/project" };
const said = (uuid: string, content: unknown, extra: object = {}): object => ({
  ...head,
  type: "user",
  uuid,
  timestamp: "2025-07-01T10:00:00.000Z",
  message: { role: "user", content },
  ...extra,
});
const answered = (uuid: string, id: string, block: object, output: number): object => ({
  ...head,
  type: "assistant",
  uuid,
  timestamp: "2025-07-01T10:00:05.000Z",
  requestId: `request of ${id}`,
  message: {
    id,
    model: "claude-sonnet-4",
    role: "assistant",
    content: [block],
    stop_reason: null,
    usage: { input_tokens: 4, cache_read_input_tokens: 10, output_tokens: output },
  },
});
const asked = { type: "tool_use", id: "t1", name: "Bash", input: { command: "ls" } };
const returned = [{ type: "tool_result", tool_use_id: "t1", content: "README.md" }];

const drafts = draftsBy(claudeTranscript, [
  { type: "summary", summary: "An earlier conversation", leafUuid: "elsewhere" },
  said("u1", "list the files"),
  answered("a1", "m1", { type: "text", text: "Listing." }, 1),
  answered("a2", "m1", asked, 20),
  said("u2", returned),
  { ...head, type: "system", uuid: "s1", content: "a hook ran", level: "info" },
  answered("a3", "m2", { type: "text", text: "Only a README." }, 6),
  said("u3", "Caveat: the messages below were written by a command", { isMeta: true }),
  said("u4", "<command-name>/cost</command-name><command-args></command-args>"),
  said("u5", "<local-command-stdout>$0.01</local-command-stdout>"),
  said("u6", "thanks"),
]);

test("each prompt and each command is a turn, and all but the last are seen to end", () => {
  expect(ofType(drafts, "turn.started").map(({ key, input }) => [key, input])).toEqual([
    ["turn@u1", "list the files"],
    ["turn@u4", "/cost"],
    ["turn@u6", "thanks"],
  ]);
  expect(ofType(drafts, "turn.ended")).toMatchObject([
    { key: "turn@u1", outcome: { status: "ok" }, output: "Only a README." },
    { key: "turn@u4", outcome: { status: "ok" }, output: "$0.01" },
  ]);
});

test("of what a call used the last word counts, and is not called final", () => {
  const reports = ofType(drafts, "usage.reported");
  expect(reports.map(({ on, usage, final }) => [on, usage.output, final])).toEqual([
    ["m1", 1, false],
    ["m1", 20, false],
    ["m2", 6, false],
  ]);
});

test("what the program says by the way is noted", () => {
  expect(ofType(drafts, "native.noted").map(({ name, native }) => [name, native])).toEqual([
    ["summary", { summary: "An earlier conversation", leafUuid: "elsewhere" }],
    ["system", { content: "a hook ran", level: "info" }],
  ]);
});
