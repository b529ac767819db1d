import type { ClaudeMessage } from "./native.ts";

/** Hand-made lines of one session, as small as they can be. A line's uuid is its name; `clock(7)` is seven seconds into the session. */
export type Extra = Readonly<Record<string, unknown>>;

export const sessionId = "session-1";
export const clock = (second: number): string => new Date(second * 1000).toISOString();
export const clockMs = (second: number): number => second * 1000;

const line = (type: string, uuid: string, extra: Extra): ClaudeMessage => ({
  type,
  uuid,
  session_id: sessionId,
  ...extra,
});

export const system = (subtype: string, uuid: string, extra: Extra = {}): ClaudeMessage =>
  line("system", uuid, { subtype, ...extra });

export const init = (uuid = "init"): ClaudeMessage =>
  system("init", uuid, { claude_code_version: "2.1.329", model: "opus", cwd: "/project" });

export const text = (words: string): Extra => ({ type: "text", text: words });
export const toolUse = (id: string, name = "Read"): Extra => ({
  type: "tool_use",
  id,
  name,
  input: { of: id },
});

interface Spoken {
  readonly call: string;
  readonly block?: Extra;
  readonly second?: number;
  readonly usage?: Extra;
  readonly lane?: string;
}

export const assistant = (uuid: string, spoken: Spoken, extra: Extra = {}): ClaudeMessage =>
  line("assistant", uuid, {
    message: {
      id: spoken.call,
      model: "opus",
      role: "assistant",
      content: [spoken.block ?? text("hm")],
      stop_reason: null,
      ...(spoken.usage === undefined ? {} : { usage: spoken.usage }),
    },
    parent_tool_use_id: spoken.lane ?? null,
    ...(spoken.second === undefined ? {} : { timestamp: clock(spoken.second) }),
    ...extra,
  });

export const user = (uuid: string, content: unknown, extra: Extra = {}): ClaudeMessage =>
  line("user", uuid, { message: { role: "user", content }, parent_tool_use_id: null, ...extra });

export const toolResult = (uuid: string, tool: string, extra: Extra = {}): ClaudeMessage =>
  user(uuid, [{ type: "tool_result", tool_use_id: tool, content: "done", ...extra }]);

export const result = (uuid: string, extra: Extra = {}): ClaudeMessage =>
  line("result", uuid, { subtype: "success", is_error: false, result: "the answer", ...extra });

export const taskStarted = (uuid: string, task: string, tool: string): ClaudeMessage =>
  system("task_started", uuid, {
    task_id: task,
    tool_use_id: tool,
    task_type: "local_agent",
    subagent_type: "scout",
    prompt: "look around",
  });
