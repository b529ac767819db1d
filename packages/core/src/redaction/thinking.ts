import type { JsonObject, JsonValue } from "../vocabulary/json.ts";
import { isReplaced, withheld } from "./marker.ts";

/** Blocks of a message in which a model thinks, as providers and frameworks call them, in streams as well. */
const blocks: ReadonlySet<JsonValue> = new Set([
  "thinking",
  "redacted_thinking",
  "thinking_delta",
  "signature_delta",
  "reasoning",
  "reasoning-delta",
  "reasoning_text",
  "reasoning_content",
  "redacted_reasoning",
]);
/** Fields of a message or a block that hold nothing else. */
const fields: ReadonlySet<string> = new Set([
  "reasoning_content",
  "reasoningContent",
  "reasoning_details",
  "thinking",
]);
/** What tells one block from another, and nothing of its content. */
const kept: ReadonlySet<string> = new Set(["type", "id", "index", "status"]);

/** The same block with its kind and its place, and words for the rest; null: it is none, or it is withheld already. */
export function withoutThinking(value: JsonObject): JsonObject | null {
  const { type } = value;
  if (typeof type !== "string" || !blocks.has(type)) return null;
  const left = Object.entries(value).map(([name, said]) => [
    name,
    kept.has(name) || isEmpty(said) || isReplaced(said) ? said : withheld("thinking"),
  ]);
  return left.every(([name, said]) => value[name as string] === said)
    ? null
    : (Object.fromEntries(left) as JsonObject);
}

export const mayHoldThinking = (name: string): boolean => fields.has(name);

/** Of a field that may. `thinking: { type: "enabled" }` is a setting: only texts and lists of blocks hold thoughts. */
export function holdsThinking(name: string, value: JsonValue): boolean {
  if (isEmpty(value)) return false;
  if (typeof value === "string") return !isReplaced(value);
  return Array.isArray(value) || (name === "reasoningContent" && typeof value === "object");
}

function isEmpty(value: JsonValue): boolean {
  return value === null || value === "" || typeof value === "boolean" || typeof value === "number";
}
