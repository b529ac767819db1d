import type { JsonValue } from "./json.ts";

/** What stands in a list of messages for those that were told elsewhere: words, so that nobody takes them for a message. */
export function earlierMessages(count: number): string {
  return `[${count} earlier ${count === 1 ? "message" : "messages"}]`;
}

/** How many messages such words stand for; null where it is something else. */
export function countOfEarlier(item: JsonValue): number | null {
  if (typeof item !== "string") return null;
  const [, count] = /^\[([1-9]\d{0,14}) earlier messages?\]$/.exec(item) ?? [];
  return count === undefined ? null : Number(count);
}
