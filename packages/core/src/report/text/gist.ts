import { isRecord, type JsonValue } from "../../vocabulary/json.ts";
import { isBlock, isMessage, wordsOf } from "./words.ts";

/**
 * A value in a few words: of a conversation what was said last, of a message what it says, of a list of blocks their words, of plain fields each behind
 * its name, of anything else JSON. What is left out is told where the value is told in full. Lines may break.
 */
export function gistOf(value: JsonValue): string {
  if (Array.isArray(value))
    return saidLast(value) ?? plainItems(value) ?? wordsOrJson(value, value.every(isBlock));
  if (!isRecord(value)) return wordsOf(value);
  if (isMessage(value)) return gistOfMessage(value);
  const { messages } = value;
  const said = Array.isArray(messages) ? (saidLast(messages) ?? earlierAlone(messages)) : null;
  return said ?? textAlone(value) ?? plainFields(value) ?? wordsOrJson(value, isBlock(value));
}

/** On one line, unlike the JSON that is told in full. */
const wordsOrJson = (value: JsonValue, hasWords: boolean): string =>
  hasWords ? wordsOf(value) : JSON.stringify(value);

type Fields = Readonly<Record<string, JsonValue>>;

/** Null: it is no conversation. A text among messages stands for those that went before. */
function saidLast(list: readonly JsonValue[]): string | null {
  const last = list.at(-1);
  const isConversation =
    list.some(isMessage) && list.every((item) => typeof item === "string" || isMessage(item));
  return last !== undefined && isConversation ? gistOf(last) : null;
}

/** What stands for messages that went before, where none was added. */
function earlierAlone(messages: readonly JsonValue[]): string | null {
  const [only, ...others] = messages;
  return typeof only === "string" && others.length === 0 ? only : null;
}

/** Where it says nothing, what it carries, such as the tools that it asks for. */
function gistOfMessage(message: Fields): string {
  const said = message["content"] === null ? "" : wordsOf(message["content"] ?? null);
  return said === "" ? wordsOf(message) : said;
}

const textAlone = ({ type, text }: Fields): string | null =>
  type === "text" && typeof text === "string" ? text : null;

/** What needs no brackets to be understood. */
const isPlain = (value: JsonValue): boolean => typeof value !== "object" || value === null;

function plainItems(list: readonly JsonValue[]): string | null {
  return list.length > 0 && list.every(isPlain) ? list.map(wordsOf).join(", ") : null;
}

function plainFields(fields: Fields): string | null {
  const entries = Object.entries(fields);
  if (entries.length === 0 || !entries.every(([, value]) => isPlain(value))) return null;
  const [only] = entries;
  if (entries.length === 1 && typeof only?.[1] === "string") return only[1];
  return entries.map(([name, value]) => `${name} ${wordsOf(value)}`).join(", ");
}
