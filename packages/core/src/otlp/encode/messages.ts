import { isRecord, type JsonObject, type JsonValue } from "../../vocabulary/json.ts";
import { asText } from "../../journal/in-words.ts";

/** A message as the conventions' schema has it. */
export interface Message {
  readonly role: string;
  readonly parts: readonly JsonObject[];
  readonly name?: string;
}

/** Adapters hand on messages nearly as their providers wrote them; what is no message at all is what `role` said. */
export function messageOf(value: JsonValue, role: string): Message {
  if (!isMessage(value)) return { role, parts: partsOf(value) };
  const { content, toolCalls, toolCallId, name } = value;
  const calls = Array.isArray(toolCalls) ? toolCalls.filter(isRecord) : [];
  const said = content === undefined || content === "" ? [] : partsOf(content);
  return {
    role: value.role,
    parts: Array.isArray(value["parts"])
      ? partsOf(value["parts"])
      : typeof toolCallId === "string"
        ? [{ type: "tool_call_response", id: toolCallId, response: content ?? null }]
        : calls.length === 0
          ? said
          : [...said.filter(isNoCall), ...calls.map((call) => ({ ...call, type: "tool_call" }))],
    ...(typeof name === "string" ? { name } : {}),
  };
}

/** A text, a block, or a list of them. */
export function partsOf(content: JsonValue): readonly JsonObject[] {
  const blocks: readonly JsonValue[] = Array.isArray(content) ? content : [content];
  return blocks.map(partOf);
}

/** Blocks without a counterpart in the schema stay as they are: it allows parts of any other type. */
function partOf(block: JsonValue): JsonObject {
  if (!isBlock(block)) return { type: "text", content: asText(block) };
  switch (block.type) {
    case "text":
      return { type: "text", content: block["text"] ?? block["content"] ?? "" };
    case "thinking":
      return { type: "reasoning", content: block["thinking"] ?? "" };
    case "tool_use":
      return {
        type: "tool_call",
        id: block["id"] ?? null,
        name: block["name"] ?? "",
        arguments: block["input"] ?? null,
      };
    case "tool_result":
      return {
        type: "tool_call_response",
        id: block["tool_use_id"] ?? null,
        response: block["content"] ?? null,
      };
    default:
      return block;
  }
}

/** Some frameworks tell of a call twice: in the provider's block and in a list of their own. */
const isNoCall = (part: JsonObject): boolean => part["type"] !== "tool_call";

type Spoken = JsonObject & { readonly role: string };
type Block = JsonObject & { readonly type: string };

function isMessage(value: JsonValue): value is Spoken {
  return isRecord(value) && typeof value["role"] === "string";
}

function isBlock(value: JsonValue): value is Block {
  return isRecord(value) && typeof value["type"] === "string";
}
