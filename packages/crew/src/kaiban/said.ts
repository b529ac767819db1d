import { isRecord, type JsonValue, type Usage } from "@spoor/core";

/** What a call used. Null where the library has -1, or nothing at all, for a count that its model did not give. */
export function usageIn(stats: unknown): Usage | null {
  if (!isRecord(stats)) return null;
  const [input, output] = [countIn(stats["inputTokens"]), countIn(stats["outputTokens"])];
  if (input === null && output === null) return null;
  return { input, cacheRead: null, cacheWrite: null, output, reasoning: null };
}

const countIn = (value: unknown): number | null =>
  typeof value === "number" && value > 0 ? value : null;

/** Messages are objects of classes whose names are lost in the published package: what they say is kept, and who says it where that is a word. */
export function messagesIn(messages: unknown): readonly JsonValue[] {
  if (!Array.isArray(messages)) return [];
  return messages.filter(isRecord).map(({ type, content }) => ({
    ...(typeof type === "string" && type.length > 2 ? { role: type } : {}),
    content: content as JsonValue,
  }));
}

/** In one sentence: its error classes lose their message on the way to JSON, and not before. */
export function reasonIn(said: unknown, otherwise = "blocked"): string {
  if (typeof said === "string" && said !== "") return said;
  if (said instanceof Error && said.message !== "") return said.message;
  return otherwise;
}
