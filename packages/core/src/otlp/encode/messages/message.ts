import { earlierMessages as earlierInWords } from "../../../vocabulary/earlier-messages.ts";
import { isRecord, type JsonObject, type JsonValue } from "../../../vocabulary/json.ts";
import { textIn, valueIn } from "./block.ts";
import { partsOf } from "./part.ts";
import { toolCallPart } from "./tool-parts.ts";

/** A message as the conventions' schema has it. */
export interface Message {
  readonly role: string;
  readonly parts: readonly JsonObject[];
  readonly name?: string;
  /** In what a model answered. */
  readonly finish_reason?: string;
}

/** Who spoke in a message that does not say it. */
export const unknownRole = "unknown";

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
  parts: [{ type: "text", content: earlierInWords(count) }],
});

type Spoken = JsonObject & { readonly role: string };

export function isSpoken(value: JsonValue): value is Spoken {
  return isRecord(value) && typeof value["role"] === "string";
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
