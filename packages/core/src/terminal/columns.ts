/** Drawn two columns wide by terminals: Chinese, Japanese and Korean script, full-width forms, emoji. */
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303E\uFF01-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/u;
/** Drawn on what stands before it. */
const combining = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** How many columns a terminal needs for a text without control characters. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += columnsOfOne(character);
  return columns;
}

/** As much of the text as fits, an ellipsis in place of the rest. */
export function cutTo(columns: number, text: string): string {
  if (text.length * 2 <= columns || columnsOf(text) <= columns) return text;
  let kept = "";
  let left = columns - 1;
  for (const character of text) {
    left -= columnsOfOne(character);
    if (left < 0) break;
    kept += character;
  }
  return columns < 1 ? "" : `${kept}…`;
}

/** With blanks behind it up to so many columns; a text that is wider stays as it is. */
export function padTo(columns: number, text: string): string {
  return text + " ".repeat(Math.max(0, columns - columnsOf(text)));
}

function columnsOfOne(character: string): number {
  if (character < "\u0300") return 1;
  if (combining.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
