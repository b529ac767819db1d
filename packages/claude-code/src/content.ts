import type { JsonValue } from "@spoor/core";
import { fieldsOf, jsonOf, listOf, textOf } from "./narrow.ts";

/** Content as it is recorded: without binary data, and without the signatures and ciphers of thinking. */
export function keptContent(content: unknown): JsonValue {
  return Array.isArray(content) ? content.map(keptBlock) : jsonOf(content ?? null);
}

export function keptBlock(block: unknown): JsonValue {
  const fields = fieldsOf(block);
  if (fields["type"] === "thinking") {
    return { type: "thinking", thinking: textOf(fields["thinking"]) ?? "" };
  }
  if (fields["type"] === "redacted_thinking") return { type: "redacted_thinking" };
  const source = fieldsOf(fields["source"]);
  if (source["type"] !== "base64") return jsonOf(block);
  return jsonOf({ ...fields, source: { ...source, data: dropped(source["data"]) } });
}

const dropped = (data: unknown): string =>
  `[${textOf(data)?.length ?? 0} characters of base64 not kept]`;

/** The words of a message, of a tool result, or of whatever else holds text blocks. */
export function wordsOf(content: unknown): string | undefined {
  if (typeof content === "string") return textOf(content);
  const texts = listOf(content).flatMap((block) => textOf(fieldsOf(block)["text"]) ?? []);
  return textOf(texts.join("\n"));
}
