/** Control characters move the cursor or drive the terminal, bidirectional marks reorder what is read. */
const unprintable = /[\p{Cc}\p{Bidi_Control}]/gu;
const tab = "    ";
const firstPicture = 0x24_00;
const deletePicture = "\u2421";

/** One line of a text that came from outside, as it may be printed: what would drive the terminal is shown, not sent. */
export function visible(line: string): string {
  return line.replaceAll(unprintable, pictureOf).toWellFormed();
}

function pictureOf(character: string): string {
  if (character === "\t") return tab;
  if (character === "\u007F") return deletePicture;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(firstPicture + code);
  return `\\u${code.toString(16).padStart(4, "0")}`;
}
