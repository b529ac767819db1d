import type { ContentReader } from "../journal/content.ts";
import { asText, inWords } from "../journal/in-words.ts";
import type { Held } from "../vocabulary/event.ts";
import { isRecord, type JsonValue } from "../vocabulary/json.ts";
import { cutTo } from "../terminal/columns.ts";
import { onOneLine } from "../terminal/one-line.ts";

/** What was said, shortened to a part of one line; or in words what became of it. Empty where nothing was said, or
 * nobody may see it. */
export function wordsSaid(content: ContentReader | null, held: Held | undefined): string {
  if (held === undefined || !content) return "";
  return cutTo(80, onOneLine(asText(sentenceOf(inWords(content.read(held))))));
}

/** Errors are often objects around the one sentence that matters. */
function sentenceOf(value: JsonValue): JsonValue {
  return isRecord(value) && typeof value["message"] === "string" ? value["message"] : value;
}
