import { isRecord, type JsonValue } from "../../../vocabulary/json.ts";
import type { FullContext } from "../../../vocabulary/event.ts";
import { jsonOf, parsed } from "../row.ts";

/** What somebody had recorded as input or output. Newer servers give the text that JSON was sent as. */
export function saidIn(told: unknown): JsonValue | undefined {
  if (told === null || told === undefined || told === "") return undefined;
  if (typeof told !== "string" || !/^\s*[[{]/.test(told)) return jsonOf(told);
  return jsonOf(parsed(told) ?? told);
}

/**
 * What a model was sent, where the input of a call is messages, by itself or beside tools and instructions. Null: it is something else.
 */
export function contextIn(input: JsonValue | undefined): FullContext | null {
  if (Array.isArray(input) && isChat(input)) return { messages: input };
  if (!isRecord(input)) return null;
  const { messages, tools, system } = input as Readonly<Record<string, JsonValue>>;
  if (!Array.isArray(messages) || !isChat(messages)) return null;
  return {
    ...(system === undefined || system === null ? {} : { instructions: system }),
    ...(tools === undefined || tools === null ? {} : { tools }),
    messages,
  };
}

const isChat = (items: readonly JsonValue[]): boolean =>
  items.length > 0 && items.every((item) => isRecord(item) && typeof item["role"] === "string");
