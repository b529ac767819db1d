import { isRecord, type JsonObject, type JsonValue } from "../../../vocabulary/json.ts";
import { textIn, valueIn } from "./block.ts";
import { partsOf } from "./part.ts";
import { toolCallPart } from "./tool-parts.ts";

/** A message as the conventions' schema has it. */
export interface Message {
  readonly role: string;
  readonly parts: readonly JsonObject[];
  readonly name?: string;
  /** Only where a dialect has it there; else it is told of the call. */
  readonly finish_reason?: string;
}

/** As older releases of the conventions had it: with why the model stopped in the message itself. */
export const withReason = (message: Message, reason: string | null): Message =>
  reason === null ? message : { ...message, finish_reason: reason };

/** Who spoke in a message that does not say it. */
export const unknownRole = "unknown";

/**
 * What was said, as messages: one, a list of them, or a state that holds such a list. What is none is one message of `role`. Adapters hand on
 * messages nearly as their providers wrote them, so the forms of all of them are understood here.
 */
export function messagesOf(value: JsonValue, role: string): readonly Message[] {
  if (isConversation(value) && value.some(isSpoken)) return value.map(messageInList);
  if (!isRecord(value) || !isConversation(value["messages"])) return [messageOf(value, role)];
  const { messages, ...rest } = value;
  const beside = Object.keys(rest).length === 0 ? [] : [messageOf(rest, role)];
  return [...beside, ...messages.map(messageInList)];
}

const messageInList = (item: JsonValue): Message => messageOf(item, unknownRole);

/** One message; what is none is what `role` said. */
export function messageOf(value: JsonValue, role: string): Message {
  if (!isSpoken(value)) {
    const parts = partsOf(value);
    return { role: role === unknownRole ? speakerOf(parts) : role, parts };
  }
  const { name } = value;
  return {
    role: value.role === "model" ? "assistant" : value.role,
    parts: partsOfSpoken(value),
    ...(typeof name === "string" ? { name } : {}),
  };
}

/** That so many messages went before, in words, so that nobody takes what follows for all. */
export const earlierMessages = (count: number): Message => ({
  role: unknownRole,
  parts: [{ type: "text", content: `[${count} earlier ${count === 1 ? "message" : "messages"}]` }],
});

type Spoken = JsonObject & { readonly role: string };

function isSpoken(value: JsonValue): value is Spoken {
  return isRecord(value) && typeof value["role"] === "string";
}

/** Texts among messages are words about what was left out. */
function isConversation(value: JsonValue | undefined): value is readonly JsonValue[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((item) => isSpoken(item) || typeof item === "string")
  );
}

function partsOfSpoken(message: Spoken): readonly JsonObject[] {
  const { content, parts } = message;
  if (Array.isArray(parts)) return partsOf(parts);
  const answered = textIn(message, "toolCallId", "tool_call_id");
  if (answered !== null)
    return [{ type: "tool_call_response", id: answered, response: content ?? null }];
  const isEmpty = content === undefined || content === null || content === "";
  const said = isEmpty ? [] : partsOf(content);
  const calls = callsIn(message);
  return [
    ...thoughtBeside(message),
    ...(calls.length === 0 ? said : said.filter(isNoCall)),
    ...calls,
    ...(typeof message["refusal"] === "string"
      ? [{ type: "refusal", refusal: message["refusal"] }]
      : []),
  ];
}

function callsIn(message: Spoken): readonly JsonObject[] {
  return ["toolCalls", "tool_calls", "invalidToolCalls"].flatMap((name) => {
    const calls = valueIn(message, name);
    if (!Array.isArray(calls)) return [];
    return calls.flatMap((call) =>
      isRecord(call) ? [toolCallPart(call as JsonObject) ?? partsOf(call as JsonObject)[0]] : [],
    ) as readonly JsonObject[];
  });
}

/** Some providers keep it beside the content. */
function thoughtBeside(message: Spoken): readonly JsonObject[] {
  const content = textIn(message, "reasoning_content");
  return content === null ? [] : [{ type: "reasoning", content }];
}

/** Some frameworks tell of a call twice: in the provider's block and in a list of their own. */
const isNoCall = (part: JsonObject): boolean => part["type"] !== "tool_call";

/** Who must have said it: only models call tools, and only tools answer calls. */
function speakerOf(parts: readonly JsonObject[]): string {
  const types = new Set(parts.map(({ type }) => type));
  if (types.size === 1 && types.has("tool_call_response")) return "tool";
  return types.has("tool_call") || types.has("reasoning") ? "assistant" : unknownRole;
}
