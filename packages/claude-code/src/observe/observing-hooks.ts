import { fieldsOf } from "../narrow.ts";

/** What the SDK calls a hook with. */
type HookCallback = (input: unknown, toolUseID: unknown) => Promise<object>;

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

/** The application's hooks as they are, and one behind them for each event that says nothing back. */
export function observingHooks(
  hooks: unknown,
  heard: (input: unknown, toolUseID: unknown) => void,
): Readonly<Record<string, unknown>> {
  const listen: HookCallback = (input, toolUseID) => {
    heard(input, toolUseID);
    return Promise.resolve({});
  };
  const given = fieldsOf(hooks);
  const more = events.flatMap((event) => {
    const before = given[event] ?? [];
    return Array.isArray(before) ? [[event, [...before, { hooks: [listen], timeout }]]] : [];
  });
  return { ...given, ...Object.fromEntries(more) };
}
