import { gistOf } from "@spoor/core/report/text";
import type { JsonValue, PageText } from "../page-data.ts";
import { lineOf } from "./visible-text.ts";

/** One thing that was said; its label says what it is where it is not simply text. */
export interface Block {
  readonly label: string | null;
  readonly text: string;
}

type Fields = Readonly<Record<string, JsonValue>>;

const parsed = new WeakMap<PageText, JsonValue | undefined>();

/** The value behind a text; undefined where it was cut so that it cannot be read any more. */
export function valueOf(text: PageText): JsonValue | undefined {
  if (!text.json) return text.text;
  if (!parsed.has(text)) parsed.set(text, readJson(text.text));
  return parsed.get(text);
}

/** The same, where something has to be there: the text itself where it was cut. */
export const wordsBehind = (text: PageText): JsonValue => valueOf(text) ?? text.text;

function readJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/** A value as somebody would read it: text as it is, messages and blocks by what they say, anything else as JSON. */
export function blocksOf(text: PageText): readonly Block[] {
  const value = valueOf(text);
  return value === undefined ? [{ label: null, text: text.text }] : blocksIn(value);
}

/** The same in a few words, on one line. */
export function excerptOf(text: PageText | null, limit?: number): string {
  if (!text) return "";
  const value = valueOf(text);
  return lineOf(value === undefined ? text.text : gistOf(value), limit);
}

function blocksIn(value: JsonValue): readonly Block[] {
  if (typeof value === "string") return [{ label: null, text: value }];
  if (Array.isArray(value) && value.some(isBlock)) return value.flatMap(blockOf);
  if (isFields(value) && typeof value["role"] === "string" && "content" in value)
    return messageBlocks(value);
  return [{ label: null, text: jsonOf(value) }];
}

function messageBlocks(message: Fields): readonly Block[] {
  const { content = null } = message;
  const carried = Object.entries(message).filter(([name]) => name !== "role" && name !== "content");
  return [
    ...(content === null ? [] : blocksIn(content)),
    ...carried.map(([name, part]) => ({ label: name, text: jsonOf(part) })),
  ];
}

function blockOf(block: JsonValue): readonly Block[] {
  if (!isFields(block)) return [{ label: null, text: jsonOf(block) }];
  const { type, ...rest } = block;
  switch (type) {
    case "text":
      return [{ label: null, text: textOf(block["text"]) }];
    case "thinking":
      return [{ label: "thinking", text: textOf(block["thinking"]) }];
    case "tool_use":
      return [{ label: `calls ${textOf(block["name"])}`, text: jsonOf(block["input"] ?? null) }];
    case "tool_result": {
      const said = blocksIn(block["content"] ?? null).map(({ text }) => text);
      const label = block["is_error"] === true ? "tool result, an error" : "tool result";
      return [{ label, text: said.join("\n") }];
    }
    default:
      return [{ label: textOf(type), text: jsonOf(rest) }];
  }
}

const isBlock = (value: JsonValue): boolean => isFields(value) && typeof value["type"] === "string";

const isFields = (value: JsonValue | undefined): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const textOf = (value: JsonValue | undefined): string =>
  typeof value === "string" ? value : jsonOf(value ?? null);

const shortJson = 80;

function jsonOf(value: JsonValue): string {
  if (typeof value === "string") return value;
  const text = JSON.stringify(value);
  return text.length <= shortJson ? text : JSON.stringify(value, null, 2);
}
