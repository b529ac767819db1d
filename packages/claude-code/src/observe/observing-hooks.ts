import { fieldsOf, listOf } from "../narrow.ts";

/** What the SDK calls a hook with. */
export type HookCallback = (input: unknown, toolUseID: unknown) => Promise<object>;

/** Seconds. Ours answer at once; the agent waits no longer for a process that hangs. */
const timeout = 5;

/**
 * What there is to hear. Not the events that a listener changes or slows: `WorktreeCreate` replaces what the program would do, and
 * `MessageDisplay` costs a round trip for each piece of text.
 */
const events: readonly string[] = [
  "SessionStart",
  "UserPromptSubmit",
  "PreToolUse",
  "PermissionRequest",
  "PermissionDenied",
  "PostToolUse",
  "PostToolUseFailure",
  "PostToolBatch",
  "SubagentStart",
  "SubagentStop",
  "PreCompact",
  "PostCompact",
  "Notification",
  "Stop",
  "StopFailure",
  "SessionEnd",
];

/** A hook that passes on what it is told, and says nothing back. */
export function listener(heard: (input: unknown, toolUseID: unknown) => void): HookCallback {
  return (input, toolUseID) => {
    heard(input, toolUseID);
    return Promise.resolve({});
  };
}

/** The application's hooks as they are, and one behind them for each event. */
export function observingHooks(
  hooks: unknown,
  listen: HookCallback,
): Readonly<Record<string, unknown>> {
  const given = fieldsOf(hooks);
  const more = events.flatMap((event) => {
    const before = given[event] ?? [];
    return Array.isArray(before) ? [[event, [...before, { hooks: [listen], timeout }]]] : [];
  });
  return { ...given, ...Object.fromEntries(more) };
}

/** Whether one of them is among these hooks, wherever they were copied to. */
export function listensAlready(hooks: unknown, listeners: WeakSet<object>): boolean {
  return Object.values(fieldsOf(hooks))
    .flatMap(listOf)
    .flatMap((matcher) => listOf(fieldsOf(matcher)["hooks"]))
    .some((hook) => typeof hook === "function" && listeners.has(hook));
}
