import { stripVTControlCharacters } from "node:util";

/** Line ends break a table, control characters move the cursor, bidirectional marks reorder what is read. */
const unprintable = /[\p{Cc}\p{Bidi_Control}]+/gu;

/** A text that came from outside, on one line and safe to print. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replaceAll(unprintable, " ").toWellFormed();
}
