import type { JsonObject, JsonValue } from "../../../../../vocabulary/json.ts";
import { textOf } from "../../../json-text.ts";
import { isBlock, textIn } from "../../../messages/block.ts";
import type { Message } from "../../../messages/message.ts";
import { partsOf } from "../../../messages/part.ts";

/**
 * A message of the conventions as OpenAI writes one, which Langfuse shows, searches for tools and opens in its playground. A message there answers
 * one call of a tool: one that answers several is as many, before whatever else it said.
 */
export function chatMessagesOf({ role, name, parts }: Message): readonly JsonObject[] {
  const named = name === undefined ? {} : { name };
  const answers = parts.filter(isAnswer).map((part) => answerOf(part, named));
  const others = parts.filter((part) => !isAnswer(part));
  if (others.length === 0 && answers.length > 0) return answers;
  const thoughts = others.filter(isThought);
  const calls = others.filter(isCall);
  const said = others.filter((part) => !isThought(part) && !isCall(part));
  return [
    ...answers,
    {
      role,
      ...named,
      content: contentOf(said),
      ...(thoughts.length === 0 ? {} : { thinking: thoughts.map(thoughtOf) }),
      ...(calls.length === 0 ? {} : { tool_calls: calls.map(callOf) }),
    },
  ];
}

const isAnswer = ({ type }: JsonObject): boolean => type === "tool_call_response";
const isCall = ({ type }: JsonObject): boolean => type === "tool_call";
const isThought = ({ type }: JsonObject): boolean => type === "reasoning";

function answerOf(part: JsonObject, named: JsonObject): JsonObject {
  const { response = null, is_error: failed } = part;
  const id = textIn(part, "id");
  return {
    role: "tool",
    ...named,
    ...(id === null ? {} : { tool_call_id: id }),
    content: answerContent(response),
    ...(failed === true ? { is_error: true } : {}),
  };
}

/** A tool answers in blocks, or in whatever form it likes. */
function answerContent(response: JsonValue): JsonValue {
  if (response === null || typeof response === "string") return response;
  const isInBlocks = Array.isArray(response) && response.length > 0 && response.every(isBlock);
  return isInBlocks ? contentOf(partsOf(response)) : textOf(response);
}

/** One text by itself is the content; anything more is a list. */
function contentOf(parts: readonly JsonObject[]): JsonValue {
  const [first, ...others] = parts;
  if (first === undefined) return null;
  const isOneText = others.length === 0 && first["type"] === "text";
  return isOneText ? (first["content"] ?? null) : parts.map(contentPartOf);
}

/** What OpenAI has no part for stays as the conventions have it. */
function contentPartOf(part: JsonObject): JsonObject {
  const { type, content, modality, uri } = part;
  if (type === "text") return { type, text: content ?? "" };
  const isImage = type === "uri" && modality === "image";
  return isImage && uri !== undefined ? { type: "image_url", image_url: { url: uri } } : part;
}

/** As Langfuse itself writes what a model thought, from whatever provider. */
const thoughtOf = ({ content }: JsonObject): JsonObject => ({
  type: "thinking",
  content: content ?? "",
});

function callOf(part: JsonObject): JsonObject {
  const { id, name, arguments: given, error } = part;
  return {
    ...(id === undefined ? {} : { id }),
    type: "function",
    function: {
      name: name ?? "",
      ...(given === undefined ? {} : { arguments: textOf(given) }),
    },
    ...(error === undefined ? {} : { error }),
  };
}
