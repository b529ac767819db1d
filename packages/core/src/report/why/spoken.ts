import type { ContentReader } from "../../journal/content.ts";
import { onOneLine } from "../../terminal/one-line.ts";
import type { Held } from "../../vocabulary/event.ts";
import { isRecord, type JsonValue } from "../../vocabulary/json.ts";
import { gistOf } from "../text/gist.ts";
import { isMessage } from "../text/words.ts";
import { valueBehind } from "../value-behind.ts";

const longest = 200;

/** How it begins that was said, on one line: of a model's answer its words, not the tools it asks for. Null where nothing was said. */
export function spokenBehind(held: Held | null, content: ContentReader): string | null {
  const value = spoken(valueBehind(held, content));
  const text = value === null ? "" : onOneLine(gistOf(value));
  return text === "" ? null : text.slice(0, longest).toWellFormed();
}

function spoken(value: JsonValue): JsonValue {
  if (isMessage(value)) return spoken(value["content"] ?? null);
  if (!Array.isArray(value) || !value.some(isToolUse)) return value;
  const words = value.filter((block) => !isToolUse(block));
  return words.length === 0 ? null : words;
}

const isToolUse = (block: JsonValue): boolean => isRecord(block) && block["type"] === "tool_use";
