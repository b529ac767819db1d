import { Buffer } from "node:buffer";
import { isRecord, type JsonValue } from "../../vocabulary/json.ts";
import { type KeyValue, texts } from "../wire/key-value.ts";
import { ownNames } from "./conventions.ts";
import { jsonIn } from "./json-in.ts";
import { earlierMessages, type Message, messageOf, unknownRole } from "./messages/message.ts";

/** Attributes of which none has more than so many bytes. Which of them were shortened stands in one of their own. */
export function fitting(attributes: readonly KeyValue[], most: number): readonly KeyValue[] {
  const cut: string[] = [];
  const fitted = attributes.map((attribute): KeyValue => {
    const { key, value } = attribute;
    if (!("stringValue" in value) || fits(value.stringValue, most)) return attribute;
    cut.push(key);
    return { key, value: { stringValue: fittingText(value.stringValue, most) } };
  });
  return cut.length === 0 ? attributes : [...fitted, ...texts(ownNames.cut, cut)];
}

/** JSON stays JSON, with words where something is missing; of other text the beginning is left. */
export function fittingText(said: string, most: number): string {
  if (fits(said, most)) return said;
  const json = parsedJson(said);
  return json === undefined ? beginningOf(said, most) : fittingJson(json, said, most);
}

const fits = (said: string, most: number): boolean =>
  said.length <= most && Buffer.byteLength(said) <= most;

/** Content has a quarter of these levels, and a text in it that was read as JSON as many again. */
const mostLevels = 1_024;

const parsedJson = (said: string): JsonValue | undefined =>
  /^\s*[[{"]/.test(said) ? jsonIn(said, mostLevels) : undefined;

/** Shorter than this, the words about what was cut would be longer than what was. */
const shortest = 64;

/** First the longest texts are shortened, then the oldest messages go. */
function fittingJson(value: JsonValue, said: string, most: number): string {
  for (const share of [4, 16, 64]) {
    const short = shortened(value, Math.max(shortest, Math.floor(most / share)));
    const text = JSON.stringify(isMessages(short) ? latest(short, most) : short);
    if (fits(text, most)) return text;
  }
  const words = `[cut from ${Buffer.byteLength(said)} bytes]`;
  return JSON.stringify(isMessages(value) ? [messageOf(words, unknownRole)] : words);
}

/** It may call itself: what is deeper than that was not read as JSON. */
function shortened(value: JsonValue, most: number): JsonValue {
  if (typeof value === "string") return value.length > most ? beginningOf(value, most) : value;
  if (Array.isArray(value)) return value.map((item: JsonValue) => shortened(item, most));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, shortened(member, most)]),
  );
}

function beginningOf(said: string, most: number): string {
  const words = ` [cut from ${said.length} characters]`;
  const room = Math.max(0, most - words.length);
  const beginning = Buffer.from(said.slice(0, room)).subarray(0, room).toString();
  return `${beginning.replace(/\uFFFD+$/, "")}${words}`;
}

type Messages = readonly (Message & { readonly [name: string]: JsonValue })[];

const isMessages = (value: JsonValue): value is Messages =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((item) => isRecord(item) && Array.isArray(item["parts"]));

/** As many of the last as there is room for, behind words on how many were left out. */
function latest(messages: Messages, most: number): readonly Message[] {
  let room = most - JSON.stringify([earlierMessages(messages.length)]).length;
  let from = messages.length;
  while (from > 0) {
    room -= Buffer.byteLength(JSON.stringify(messages[from - 1])) + 1;
    if (room < 0) break;
    from -= 1;
  }
  return from === 0 ? messages : [earlierMessages(from), ...messages.slice(from)];
}
