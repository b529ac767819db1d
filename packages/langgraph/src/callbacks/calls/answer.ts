import { isRecord } from "@spoor/core";
import { isCommand } from "../flow/command.ts";
import type { Fields } from "../native.ts";
import { textOf } from "../reading.ts";

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

type Message = Fields & { readonly tool_call_id: string };

/** A list of commands, each with a list of channels: deeper nothing is looked for. */
const deepest = 8;

/** The answers to tool calls in what a node gives back: a change of the state, messages, commands with such, or a list of them. */
export function answersIn(output: unknown): readonly ToolAnswer[] {
  return updatesIn(output, deepest).flatMap((update) =>
    messagesOf(update).map((message) => answerOf(message, update)),
  );
}

function updatesIn(output: unknown, depth: number): readonly Fields[] {
  if (depth === 0) return [];
  if (Array.isArray(output)) return output.flatMap((part) => updatesIn(part, depth - 1));
  if (!isRecord(output)) return [];
  if (isCommand(output)) return updatesIn(output["update"], depth - 1);
  const wrapped = "output" in output && Object.keys(output).length === 1;
  return wrapped ? updatesIn(output["output"], depth - 1) : [output];
}

function messagesOf(update: Fields): readonly Message[] {
  if (isAnswer(update)) return [update];
  return Object.values(update).flatMap((value) =>
    Array.isArray(value) ? value.filter(isAnswer) : isAnswer(value) ? [value] : [],
  );
}

function answerOf(message: Message, update: Fields): ToolAnswer {
  return {
    toolCallId: message["tool_call_id"],
    content: message["content"],
    name: textOf(message["name"]),
    failed: message["status"] === "error",
    update,
  };
}

function isAnswer(value: unknown): value is Message {
  return isRecord(value) && textOf(value["tool_call_id"]) !== undefined;
}
