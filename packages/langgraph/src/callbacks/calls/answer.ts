import { isRecord } from "@spoor/core";
import { isCommand } from "../flow/command.ts";
import type { Fields } from "../native.ts";
import { memberOf, readOr, textOf } from "../reading.ts";

/** A message that answers a tool call. */
export interface ToolAnswer {
  readonly toolCallId: string;
  readonly content: unknown;
  readonly name: string | undefined;
  /** Says of itself that it is an error. */
  readonly failed: boolean;
  /** What the node said together with it. */
  readonly update: Fields;
}

/** A list of commands, each with a list of channels: deeper nothing is looked for. */
const deepest = 8;

const none: readonly never[] = [];

/** The answers to tool calls in what a node gives back: a change of the state, messages, commands with such, or a list of them. */
export function answersIn(output: unknown): readonly ToolAnswer[] {
  return updatesIn(output, deepest).flatMap((update) =>
    messagesOf(update).flatMap((message) => answerOf(message, update)),
  );
}

function updatesIn(output: unknown, depth: number): readonly Fields[] {
  if (depth === 0) return none;
  return readOr<readonly Fields[]>(none, () => {
    if (Array.isArray(output)) return output.flatMap((part) => updatesIn(part, depth - 1));
    if (!isRecord(output)) return none;
    if (isCommand(output)) return updatesIn(output["update"], depth - 1);
    const wrapped = "output" in output && Object.keys(output).length === 1;
    return wrapped ? updatesIn(output["output"], depth - 1) : [output];
  });
}

function messagesOf(update: Fields): readonly unknown[] {
  if (answered(update) !== undefined) return [update];
  const channels = readOr<readonly string[]>(none, () => Object.keys(update));
  return channels.flatMap((channel) => {
    const value = memberOf(update, channel);
    return readOr([value], () => (Array.isArray(value) ? [...value] : [value]));
  });
}

function answerOf(message: unknown, update: Fields): readonly ToolAnswer[] {
  const toolCallId = answered(message);
  if (toolCallId === undefined) return none;
  const content = memberOf(message, "content");
  const name = textOf(memberOf(message, "name"));
  return [{ toolCallId, content, name, failed: memberOf(message, "status") === "error", update }];
}

/** The call that a message answers. */
function answered(message: unknown): string | undefined {
  return textOf(memberOf(message, "tool_call_id"));
}
