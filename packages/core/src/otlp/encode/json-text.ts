import type { JsonValue } from "../../vocabulary/json.ts";

/**
 * JSON text that every reader takes. Half of a surrogate pair, as a text has it that was cut in the middle of a character, JavaScript escapes; readers
 * in other languages fail on that escape, so what stands for an unreadable character stands there.
 */
export function jsonText(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.includes(String.raw`\ud`) ? text.replace(escapes, wellFormed) : text;
}

/** Text as it is, anything else as its JSON text. */
export const textOf = (value: JsonValue): string =>
  typeof value === "string" ? value : jsonText(value);

/** A backslash that is escaped itself comes first: what follows it is text. */
const escapes = /\\\\|\\ud[89a-f][0-9a-f]{2}/g;

const wellFormed = (escape: string): string => (escape === String.raw`\\` ? escape : "\uFFFD");
