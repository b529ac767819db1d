import { hash } from "node:crypto";
import type { EventDraft, FullContext, Key } from "@spoor/core";
import {
  fieldsOf,
  type Fields,
  jsonOf,
  listOf,
  nameOf,
  parsed,
  textOf,
  timed,
} from "../messages/narrow.ts";
import type { NamedTool } from "../messages/told.ts";
import type { Clock } from "./clock.ts";
import type { LogLine } from "./native.ts";
import { usageOfCall } from "./usage.ts";

/** Where a call belongs. */
export interface Place {
  readonly session: string;
  /** Null: its session knows better times than the log can infer. */
  readonly clock: Clock | null;
  readonly parent?: Key | undefined;
  readonly agent?: string | undefined;
  readonly cause?: Key | undefined;
}

/** What stands in the response of a provider of OpenAI's, Anthropic's or Ollama's kind, or in AutoGen's own answer of a stream. */
interface Answer {
  readonly id: string | undefined;
  readonly model: string | undefined;
  readonly finishReason: string | undefined;
  readonly output: unknown;
  readonly asked: readonly NamedTool[];
}

export function answerOf(line: Fields): Answer {
  const response = fieldsOf(line["response"]);
  const choice = fieldsOf(listOf(response["choices"])[0]);
  const message = fieldsOf(choice["message"] ?? response["message"]);
  const blocks = listOf(response["content"]).map(fieldsOf);
  const asked = [
    ...listOf(message["tool_calls"]).map(fieldsOf),
    ...blocks.filter(({ type, name, arguments: given }) => type === "tool_use" || (name && given)),
  ];
  return {
    id: textOf(response["id"]),
    model: textOf(response["model"]),
    finishReason:
      textOf(choice["finish_reason"]) ??
      textOf(response["finish_reason"]) ??
      textOf(response["stop_reason"]) ??
      textOf(response["done_reason"]),
    output: response["content"] ?? message["content"] ?? undefined,
    asked: asked.map(askedTool),
  };
}

/** As OpenAI and Ollama write it, with arguments as text or not, as Anthropic does, or as AutoGen writes the answer of a stream. */
function askedTool(call: Fields): NamedTool {
  const { name, arguments: given } = { ...call, ...fieldsOf(call["function"]) };
  const text = textOf(given);
  return {
    id: textOf(call["id"]),
    name: textOf(name),
    input: (text === undefined ? given : (parsed(text) ?? text)) ?? call["input"],
  };
}

/** Ids of the tool calls whose results are the last that a model was sent. */
export function answeredIds({ messages }: Fields): readonly string[] {
  const ids: string[] = [];
  for (const message of listOf(messages).map(fieldsOf).toReversed()) {
    const results = listOf(message["content"]).map(fieldsOf);
    const told = [message["tool_call_id"], ...results.map((result) => result["tool_use_id"])];
    const found = told.flatMap((id) => textOf(id) ?? []);
    if (found.length === 0) break;
    ids.unshift(...found);
  }
  return ids;
}

/** A call is named after the response that it got; one without an id after what it said, and which of its like it is. */
export function keyOfCall(line: LogLine, count: (like: string) => number): Key {
  const { id } = answerOf(line.fields);
  if (id !== undefined) return `call:${id}`;
  const like = hash("sha256", JSON.stringify(line.fields)).slice(0, 16);
  return `call:${like}:${count(like)}`;
}

/** A model call that came back: the log has no line of others. It is written when the call is over, so nothing tells its beginning. */
export function* tellCall(
  { session, clock, parent, agent, cause }: Place,
  key: Key,
  line: LogLine,
): Iterable<EventDraft> {
  const { fields } = line;
  const answer = answerOf(fields);
  const about = { session, source: "log" };
  const told = { ...about, ...(clock?.at(line) ?? timed(line.writtenAt)) };
  const context = contextOf(fields);
  yield {
    ...about,
    type: "model.started",
    key,
    name: "model",
    ...(agent === undefined ? {} : { agent }),
    ...(parent === undefined ? {} : { parent }),
    ...(cause === undefined ? {} : { causedBy: cause }),
    ...(context === undefined ? {} : { context }),
  };
  yield {
    ...told,
    type: "model.ended",
    key,
    outcome: { status: "ok" },
    ...(answer.model === undefined ? {} : { model: nameOf(answer.model, "") }),
    ...(answer.finishReason === undefined ? {} : { finishReason: nameOf(answer.finishReason, "") }),
    ...(answer.id === undefined ? {} : { responseId: nameOf(answer.id, "") }),
    ...(answer.output === undefined ? {} : { output: jsonOf(answer.output) }),
  };
  const usage = usageOfCall(fields);
  if (usage === null) return;
  yield {
    ...told,
    type: "usage.reported",
    on: key,
    mark: "call",
    basis: "call",
    usage,
    final: true,
  };
}

function contextOf({ messages, tools }: Fields): FullContext | undefined {
  if (!Array.isArray(messages)) return undefined;
  return {
    messages: messages.map(jsonOf),
    ...(Array.isArray(tools) && tools.length > 0 ? { tools: jsonOf(tools) } : {}),
  };
}
