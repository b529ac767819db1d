import { asText } from "../../journal/in-words.ts";
import { isRecord, type JsonValue } from "../../vocabulary/json.ts";
import { jsonText } from "./json-text.ts";

/** A value as somebody would read it: text as it is, of messages and blocks what they say, anything else as JSON. Lines may break. */
export function wordsOf(value: JsonValue): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return wordsOfList(value);
  if (isMessage(value)) return wordsOfMessage(value);
  if (isConversation(value)) return wordsOfConversation(value);
  return isBlock(value) ? wordsOfBlock(value) : jsonText(value);
}

/** Who speaks in a message; null where it does not say. */
export function roleOf(message: JsonValue): string | null {
  const role = isRecord(message) ? message["role"] : null;
  return typeof role === "string" ? role : null;
}

type Fields = Readonly<Record<string, JsonValue>>;

export const isMessage = (value: JsonValue): value is Fields =>
  isRecord(value) && typeof value["role"] === "string" && "content" in value;

export const isBlock = (value: JsonValue): value is Fields =>
  isRecord(value) && typeof value["type"] === "string";

/** What graphs hand from node to node. */
const isConversation = (value: JsonValue): value is Fields =>
  isRecord(value) && isListOf(value["messages"] ?? null, isMessage);

const isListOf = <Item extends JsonValue>(
  value: JsonValue,
  is: (item: JsonValue) => item is Item,
): value is readonly Item[] => Array.isArray(value) && value.length > 0 && value.every(is);

function wordsOfList(list: readonly JsonValue[]): string {
  if (isListOf(list, isMessage)) return list.map(spoken).join("\n");
  return isListOf(list, isBlock) ? list.map(wordsOfBlock).join("\n") : jsonText(list);
}

const spoken = (message: Fields): string => `${roleOf(message)}: ${wordsOfMessage(message)}`;

/** Text blocks are what they say, tool calls and results what was asked and returned; other blocks are JSON. */
function wordsOfBlock(block: Fields): string {
  const { type, text, name = null, input, id = null, content, tool_use_id: of = null } = block;
  if (type === "text" && typeof text === "string") return text;
  if (type === "tool_use" && input !== undefined) return `${titled([name, id])} ${jsonText(input)}`;
  if (type === "tool_result" && content !== undefined)
    return `${titled(["result", of])} ${wordsOf(content)}`;
  return jsonText(block);
}

function titled(names: readonly JsonValue[]): string {
  const texts = names.filter((name) => typeof name === "string" && name !== "");
  return `[${texts.map((text) => asText(text)).join(" ")}]`;
}

/** What it says, and under that what else it carries, such as the tools it asks for. */
function wordsOfMessage({ content = null, ...message }: Fields): string {
  const said = content === null ? "" : wordsOf(content);
  return [...(said === "" ? [] : [said]), ...carried(message, "role")].join("\n");
}

function wordsOfConversation({ messages = null, ...state }: Fields): string {
  return [wordsOf(messages), ...carried(state)].join("\n");
}

const carried = (fields: Fields, aside?: string): readonly string[] =>
  Object.entries(fields)
    .filter(([name]) => name !== aside)
    .map(([name, value]) => `${name} ${jsonText(value)}`);
