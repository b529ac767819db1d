import type { JsonValue } from "@spoor/core";

/** Head and tail of a text, and between them how much is missing. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = Math.ceil(limit * 0.75);
  const tail = limit - head;
  const missing = `\n[… ${text.length - limit} characters are not on this page …]\n`;
  return text.slice(0, head) + missing + text.slice(text.length - tail);
}

/**
 * The JSON text of a value in at most about so many characters: its long texts lose their middles, so that it can still be read as JSON; where
 * even that is not enough, the JSON text itself does.
 */
export function cutJson(value: JsonValue, limit: number): string {
  const whole = JSON.stringify(value);
  if (whole.length <= limit) return whole;
  const shortened = JSON.stringify(value, (_name, part: JsonValue) =>
    typeof part === "string" ? cutText(part, Math.floor(limit / 2)) : part,
  );
  return shortened.length <= limit * 1.25 ? shortened : cutText(whole, limit);
}
