import type { JsonObject, JsonValue } from "@spoor/core";
import { isRecord } from "@spoor/core";
import type { Fields } from "../native.ts";
import { fieldsOf, known, listOf, textOf } from "../reading.ts";

/** What LangChain calls its messages, and who speaks in them. */
const roles: ReadonlyMap<string, string> = new Map([
  ["human", "user"],
  ["ai", "assistant"],
  ["system", "system"],
  ["developer", "system"],
  ["tool", "tool"],
  ["function", "tool"],
]);

type ToJson = (value: unknown) => JsonValue | undefined;

/** A live message knows its type by a method; a recorded one is marked; what cannot be looked at is none. Plain `{ role, content }` objects are neutral already. */
export function isMessage(value: unknown): value is Fields {
  try {
    if (!isRecord(value)) return false;
    if (typeof value["$message"] === "string") return true;
    return typeof value["getType"] === "function" || typeof value["_getType"] === "function";
  } catch {
    return false;
  }
}

function typeOf(message: Fields): string | undefined {
  const ask = message["getType"] ?? message["_getType"];
  const answer: unknown = typeof ask === "function" ? ask.call(message) : message["type"];
  return textOf(answer);
}

/** A message of no known type speaks for the role it names itself. */
function roleOf(message: Fields): string {
  const type = typeOf(message) ?? "unknown";
  const own = textOf(message["role"]);
  return roles.get(type) ?? (own === undefined ? type : (roles.get(own) ?? own));
}

/** A message in the form that all model calls share, whatever framework or provider they came through. */
export type NeutralMessage = JsonObject & { readonly role: string };

/** The same message, live or recorded, in the form that all share. */
export function neutralMessage(message: Fields, json: ToJson): NeutralMessage {
  const toolCalls = neutralToolCalls(message["tool_calls"], json);
  const invalidToolCalls = neutralToolCalls(message["invalid_tool_calls"], json);
  const asks = toolCalls !== undefined || invalidToolCalls !== undefined;
  const role = roleOf(message);
  return {
    role,
    content: contentOf(message, asks, json),
    ...known({
      toolCalls,
      invalidToolCalls,
      toolCallId: textOf(message["tool_call_id"]),
      name: textOf(message["name"]),
      status: message["status"] === "error" ? "error" : undefined,
      removes: role === "remove" ? textOf(message["id"]) : undefined,
    }),
  };
}

/** What providers call a tool call, or a piece of one, among the blocks of a content; LangChain says it in `tool_calls` as well. */
const callBlocks: ReadonlySet<unknown> = new Set([
  "tool_use",
  "tool_call",
  "tool_call_chunk",
  "input_json_delta",
  "functionCall",
]);

/** Text, or blocks as they came: each thing once, and the reasoning that some integrations keep beside the content in front of it. */
function contentOf(message: Fields, asks: boolean, json: ToJson): JsonValue {
  const content = message["content"];
  const reasoning = reasoningBeside(message);
  if (reasoning === undefined && !(asks && Array.isArray(content))) return json(content) ?? "";
  const blocks = Array.isArray(content)
    ? content.filter((block) => !(asks && callBlocks.has(fieldsOf(block)["type"])))
    : [content].filter((text) => text !== "").map((text) => ({ type: "text", text }));
  const all = reasoning === undefined ? blocks : [reasoning, ...blocks];
  return all.length === 0 ? "" : (json(all) ?? "");
}

/** DeepSeek's and Ollama's integrations keep it as text, older ones of OpenAI as a block; newer ones have it in the content. */
export function reasoningBeside({ additional_kwargs, content }: Fields): Fields | undefined {
  const additional = fieldsOf(additional_kwargs);
  const text = textOf(additional["reasoning_content"]);
  const block =
    text === undefined ? additional["reasoning"] : { type: "reasoning", reasoning: text };
  const isInContent = listOf(content).some((each) => fieldsOf(each)["type"] === "reasoning");
  return isRecord(block) && !isInContent ? block : undefined;
}

/** Of a call that is not valid, the arguments are the text that could not be read. */
function neutralToolCalls(calls: unknown, json: ToJson): readonly JsonObject[] | undefined {
  const neutral = listOf(calls)
    .filter(isRecord)
    .map((call) =>
      known({
        id: textOf(call["id"]),
        name: textOf(call["name"]),
        arguments: json(call["args"]),
        error: textOf(call["error"]),
      }),
    );
  return neutral.length === 0 ? undefined : neutral;
}
