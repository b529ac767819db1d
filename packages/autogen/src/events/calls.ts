import { hash } from "node:crypto";
import type { EventDraft, FullContext, Key } from "@spoor/core";
import {
  fieldsOf,
  type Fields,
  jsonOf,
  listOf,
  nameOf,
  textOf,
  timed,
} from "../messages/narrow.ts";
import type { LogLine } from "./native.ts";
import { usageOfCall } from "./usage.ts";

/** Where a call belongs: a session, as one witness tells of it. */
export interface Place {
  readonly session: string;
  readonly source: "log";
}

/** What stands in the response of a provider of OpenAI's, Anthropic's or Ollama's kind, or in AutoGen's own answer of a stream. */
interface Answer {
  readonly id: string | undefined;
  readonly model: string | undefined;
  readonly finishReason: string | undefined;
  readonly output: unknown;
  readonly toolCallIds: readonly string[];
}

export function answerOf(line: Fields): Answer {
  const response = fieldsOf(line["response"]);
  const choice = fieldsOf(listOf(response["choices"])[0]);
  const message = fieldsOf(choice["message"] ?? response["message"]);
  const blocks = listOf(response["content"]).map(fieldsOf);
  const asked = [
    ...listOf(message["tool_calls"]).map(fieldsOf),
    ...blocks.filter((block) => block["type"] === "tool_use"),
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
    toolCallIds: asked.flatMap(({ id }) => textOf(id) ?? []),
  };
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
  place: Place,
  key: Key,
  { fields, writtenAt }: LogLine,
  parent: Key | undefined,
): Iterable<EventDraft> {
  const answer = answerOf(fields);
  const about = { session: place.session, source: place.source };
  const told = { ...about, ...timed(writtenAt) };
  const context = contextOf(fields);
  yield {
    ...about,
    type: "model.started",
    key,
    name: "model",
    ...(parent === undefined ? {} : { parent }),
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
