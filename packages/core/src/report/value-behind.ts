import type { ContentReader } from "../journal/content.ts";
import { asText, inWords } from "../journal/in-words.ts";
import type { Held } from "../vocabulary/event.ts";
import type { JsonValue } from "../vocabulary/json.ts";

/** The value behind a reference. What is not there is said in words, never left empty; null only where nothing was said. */
export function valueBehind(held: Held | null, content: ContentReader): JsonValue {
  return held === null ? null : inWords(content.read(held));
}

/** The same, as text. */
export function textBehind(held: Held | null, content: ContentReader): string | null {
  const value = valueBehind(held, content);
  return value === null ? null : asText(value);
}
