import type { EventDraft } from "@spoor/core";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { claudeHooks } from "./adapter.ts";
import type { HookEvent } from "./native.ts";

/** Told to one translator, in this order. */
function draftsOf(...inputs: readonly object[]): readonly EventDraft[] {
  const translator = claudeHooks.createTranslator();
  return inputs.flatMap((input) => [...translator.translate(eventOf(input))]);
}

function eventOf(input: object): HookEvent {
  const line = "input" in input ? input : { session_id: "s", prompt_id: "p", ...input };
  const event = claudeHooks.parse(JSON.stringify(line));
  if (event === null) throw new Error("expected a hook event");
  return event;
}

const asked = { hook_event_name: "UserPromptSubmit", prompt: "go" };
const tool = { tool_use_id: "toolu_1", tool_name: "Bash", tool_input: { command: "ls" } };

describe("a turn", () => {
  test("is called after its prompt, and ends where the agent stops", () => {
    expect(
      draftsOf(asked, { hook_event_name: "Stop", last_assistant_message: "done" }),
    ).toMatchObject([
      { type: "session.started" },
      { type: "turn.started", key: "prompt@p", trigger: "user" },
      { type: "span.amended", on: "prompt@p", input: "go" },
      { type: "turn.ended", key: "prompt@p", outcome: { status: "ok" }, output: "done" },
    ]);
  });

  test("that versions without prompt ids tell of is the one that was told of last", () => {
    const old = { hook_event_name: "UserPromptSubmit", prompt_id: undefined, prompt: "go" };
    const [, started] = draftsOf(old);
    const ended = draftsOf(old, { hook_event_name: "Stop", prompt_id: undefined }).at(-1);
    expect(started).toMatchObject({ type: "turn.started" });
    expect(ended).toMatchObject({
      type: "turn.ended",
      key: (started as { readonly key: string }).key,
    });
  });

  test.each([
    ["<task-notification>done</task-notification>", undefined, "task-notification"],
    ["again", "loop_wakeup", "loop_wakeup"],
    ["go", "sdk", "user"],
  ])("of the prompt %j from %j is set off by %s", (prompt, source, trigger) => {
    expect(draftsOf({ ...asked, prompt, source })).toContainEqual(
      expect.objectContaining({ type: "turn.started", trigger }),
    );
  });
});

describe("a tool", () => {
  test("that is heard of when it is done began so long ago as it ran", () => {
    const input = { session_id: "s", hook_event_name: "PostToolUse", ...tool, duration_ms: 40 };
    expect(draftsOf({ input, at: 1_000 })).toMatchObject([
      { type: "session.started", framework: "claude-code" },
      { type: "tool.started", key: "toolu_1", at: { ms: 960, inferred: true } },
      { type: "tool.ended", key: "toolu_1", at: { ms: 1_000 }, outcome: { status: "ok" } },
      { type: "span.amended", native: { duration_ms: 40 } },
    ]);
  });

  test.each([
    [{ error: "no" }, { status: "error", errorType: "tool_error" }],
    [{ error: "<tool_use_error>no" }, { status: "error", errorType: "invalid_input" }],
    [{ error: "no", is_interrupt: true }, { status: "cancelled" }],
  ])("that fails with %j ends with %j", (failure, outcome) => {
    const drafts = draftsOf({ hook_event_name: "PostToolUseFailure", ...tool, ...failure });
    expect(drafts).toContainEqual(expect.objectContaining({ type: "tool.ended", outcome }));
  });

  test("that was asked for and did not run was denied, and one that never was asked for was invalid", () => {
    const calls = [
      { ...tool, tool_response: "not allowed" },
      { ...tool, tool_use_id: "toolu_2", tool_response: "<tool_use_error>what?" },
    ];
    const drafts = draftsOf(
      { hook_event_name: "PreToolUse", ...tool },
      { hook_event_name: "PostToolBatch", tool_calls: calls },
    );
    expect(drafts.filter(({ type }) => type === "tool.ended")).toMatchObject([
      { key: "toolu_1", outcome: { errorType: "permission_denied" } },
      { key: "toolu_2", outcome: { errorType: "invalid_input" } },
    ]);
  });
});

const spawns = (id: string): object => ({
  hook_event_name: "PreToolUse",
  tool_use_id: id,
  tool_name: "Agent",
});

describe("a subagent", () => {
  const begins = { hook_event_name: "SubagentStart", agent_id: "a1", agent_type: "Explore" };
  const spawner = expect.objectContaining({ on: "agent@a1", parent: "toolu_1" });

  test("is of the only tool that can have spawned it, else of the one whose result tells", () => {
    expect(draftsOf(spawns("toolu_1"), begins)).toContainEqual(spawner);
    expect(draftsOf(spawns("toolu_1"), spawns("toolu_2"), begins)).not.toContainEqual(spawner);
    const returned = { ...tool, tool_name: "Agent", tool_response: { agentId: "a1" } };
    expect(draftsOf({ hook_event_name: "PostToolUse", ...returned })).toContainEqual(spawner);
  });

  test("without a kind is work of the program's own, and none", () => {
    const phantom = { hook_event_name: "SubagentStop", agent_id: "a9", agent_type: "" };
    expect(draftsOf(phantom).slice(1)).toMatchObject([{ type: "native.noted", on: "prompt@p" }]);
  });
});

test("of an event that nobody has taught it, names are kept, and nothing that may be private", () => {
  const drafts = draftsOf({ hook_event_name: "Later", secret: "x", reason: "why" });
  expect(drafts.slice(1)).toMatchObject([
    { type: "native.noted", name: "hook.Later", native: { reason: "why", left_out: ["secret"] } },
  ]);
  expect(claudeHooks.knows(eventOf({ hook_event_name: "Later" }))).toBe(false);
});

test("no event makes it throw, whatever it holds", () => {
  const names = fc.constantFrom(
    ..."PreToolUse PostToolUse PostToolUseFailure PostToolBatch PermissionRequest PermissionDenied UserPromptSubmit Stop StopFailure SubagentStart SubagentStop PreCompact PostCompact SessionStart Notification x".split(
      " ",
    ),
  );
  const fields = fc.dictionary(
    fc.constantFrom(
      ..."session_id prompt_id agent_id agent_type tool_use_id tool_name tool_input tool_response tool_calls duration_ms error prompt trigger".split(
        " ",
      ),
    ),
    fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom("a", "b", "manual")),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(names, fields), { maxLength: 12 }), (events) => {
      const inputs = events.map(([name, given]) => ({ ...given, hook_event_name: name }));
      const drafts = draftsOf(...inputs);
      expect(draftsOf(...inputs)).toEqual(drafts);
    }),
  );
});
