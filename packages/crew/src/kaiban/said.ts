import { type EndOptions, isRecord, type JsonValue, type Usage } from "@spoor/core";

export const momentOf = (at: number | null): EndOptions => (at === null ? {} : { at: { ms: at } });

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

/** The error that began it: the library wraps it, more than once, in errors of its own that say only where it was. */
export function errorIn(said: unknown, otherwise: string): object {
  let error: unknown = said;
  for (let depth = 0; depth < 10 && isThrown(error) && isThrown(innerOf(error)); depth += 1)
    error = innerOf(error);
  if (isThrown(error)) return error;
  return new Error(typeof error === "string" && error !== "" ? error : otherwise);
}

const isThrown = (value: unknown): value is object =>
  typeof value === "object" &&
  value !== null &&
  typeof Reflect.get(value, "message") === "string" &&
  Reflect.get(value, "message") !== "";

const innerOf = (error: object): unknown => Reflect.get(error, "originalError");

export function toolNameIn({ tool, toolName }: Readonly<Record<string, unknown>>): string {
  const name: unknown =
    typeof tool === "object" && tool !== null ? Reflect.get(tool, "name") : tool;
  if (typeof name === "string") return name;
  return typeof toolName === "string" ? toolName : "tool";
}
