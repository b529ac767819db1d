/**
 * Controls but for tab and line break, marks of direction, separators, and what has no width. Joiners stay: emoji and some scripts need them.
 * Tags and supplementary selectors are shown because whole messages to a model have been hidden in them.
 */
const unseen =
  // eslint-disable-next-line no-control-regex -- these are what it looks for
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF]|[\u{E0000}-\u{E01EF}]/gu;

/**
 * A text in which nothing is hidden: what would be invisible, or would turn the order of what stands around it, is shown as a sign. Line breaks
 * and tabs stay; halves of characters become the sign for those.
 */
export function visibleText(text: string): string {
  return text.toWellFormed().replaceAll("\r\n", "\n").replaceAll(unseen, signOf);
}

function signOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `\u27E8U+${code.toString(16).toUpperCase().padStart(4, "0")}\u27E9`;
}

/** The same, on one line and no longer than asked. */
export function lineOf(text: string, limit = 240): string {
  const line = visibleText(text.slice(0, limit * 2))
    .replaceAll(/\s+/g, " ")
    .trim();
  return line.length > limit ? `${line.slice(0, limit).toWellFormed()}\u2026` : line;
}
