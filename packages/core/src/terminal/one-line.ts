/** More than any terminal shows: what lies beyond need not be looked at. */
const longestLook = 2_000;
/** Line ends break a tree, control characters move the cursor, bidirectional marks reorder what is read. */
const unprintable = /[\s\p{Cc}\p{Bidi_Control}]+/gu;

/** One line of a text that came from outside, safe to print. */
export function onOneLine(text: string): string {
  return text.slice(0, longestLook).replaceAll(unprintable, " ").trim().toWellFormed();
}
