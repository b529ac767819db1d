import { isRecord } from "@spoor/core";
import { numberOf, textOf } from "../narrow.ts";

/** What a hook is told, on its standard input or as its first argument. Loose: everything but the event's name is narrowed where it is read. */
export interface HookInput {
  readonly hook_event_name: string;
  readonly session_id?: unknown;
  readonly transcript_path?: unknown;
  /** Of the turn. On the same turn's prompt in the transcript, too. */
  readonly prompt_id?: unknown;
  /** A subagent is meant. */
  readonly agent_id?: unknown;
  readonly agent_type?: unknown;
  readonly tool_use_id?: unknown;
  readonly tool_name?: unknown;
  readonly tool_input?: unknown;
  readonly tool_response?: unknown;
  readonly tool_calls?: unknown;
  readonly mcp_server?: unknown;
  /** Of the tool itself, without the time that it waited for a permission. */
  readonly duration_ms?: unknown;
  readonly is_interrupt?: unknown;
  readonly error?: unknown;
  readonly prompt?: unknown;
  readonly source?: unknown;
  readonly reason?: unknown;
  readonly trigger?: unknown;
  readonly compact_summary?: unknown;
  readonly last_assistant_message?: unknown;
}

/** One hook event, with what stands beside its input. */
export interface HookEvent {
  readonly input: HookInput;
  /** What the SDK names the event by: the tool use, where it is about one. */
  readonly toolUseId?: string;
  /** Milliseconds since the epoch, where somebody looked at a clock: the input itself tells no time. */
  readonly at?: number;
  /** The tool use that spawned the subagent, where somebody looked it up: no input tells. */
  readonly spawner?: string;
}

/**
 * A recorded event: an input as a command hook reads it, or `{ input, toolUseID?, at?, spawner? }`. Null: not JSON, or neither of them. Never
 * throws.
 */
export function parseHookLine(line: string): HookEvent | null {
  try {
    return readHookEvent(JSON.parse(line));
  } catch {
    return null;
  }
}

export function readHookEvent(value: unknown): HookEvent | null {
  if (!isRecord(value)) return null;
  if (isInput(value)) return { input: value };
  const { input, toolUseID, at, spawner } = value;
  if (!isRecord(input) || !isInput(input)) return null;
  return {
    input,
    ...told("toolUseId", textOf(toolUseID)),
    ...told("at", numberOf(at)),
    ...told("spawner", textOf(spawner)),
  };
}

function told<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [Told in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [Told in Name]?: Value });
}

function isInput(
  value: Readonly<Record<string, unknown>>,
): value is Readonly<Record<string, unknown>> & HookInput {
  return textOf(value["hook_event_name"]) !== undefined;
}

/** What they tell is told whole by another event. */
const quietEvents: ReadonlySet<string> = new Set(["MessageDisplay", "Setup"]);

const tellingEvents: ReadonlySet<string> = new Set(
  (
    "ConfigChange CwdChanged DirectoryAdded Elicitation ElicitationResult FileChanged InstructionsLoaded Notification PermissionDenied " +
    "PermissionRequest PostCompact PostModelSwitch PostToolBatch PostToolUse PostToolUseFailure PreCompact PreModelSwitch PreToolUse " +
    "SessionEnd SessionStart Stop StopFailure SubagentStart SubagentStop TaskCompleted TaskCreated TeammateIdle UserPromptExpansion " +
    "UserPromptSubmit WorktreeCreate WorktreeRemove"
  ).split(" "),
);

export const isQuiet = ({ input }: HookEvent): boolean => quietEvents.has(input.hook_event_name);

/** Whether anyone has taught this adapter the event, be it only that it says nothing of note. */
export const isKnown = (event: HookEvent): boolean =>
  isQuiet(event) || tellingEvents.has(event.input.hook_event_name);
