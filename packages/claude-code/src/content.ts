import type { JsonValue } from "@spoor/core";
import { fieldsOf, jsonOf, listOf, only, textOf } from "./narrow.ts";

/**
 * Content as it may be recorded: what was said, thought, asked for and returned; whether thoughts are kept is the redactor's to say. Signatures,
 * ciphers, binary data and whatever a later version puts into a block are left out.
 */
export function keptContent(content: unknown): JsonValue {
  return Array.isArray(content) ? content.map(keptBlock) : jsonOf(content ?? null);
}

export function keptBlock(block: unknown): JsonValue {
  if (typeof block === "string") return block;
  const fields = fieldsOf(block);
  const { source, content } = fields;
  const kept = fieldsOf(only(fields, blockFields));
  if (source !== undefined) return jsonOf({ ...kept, source: keptSource(source) });
  if (content !== undefined) return jsonOf({ ...kept, content: keptContent(content) });
  return jsonOf(kept);
}

const blockFields: ReadonlySet<string> = new Set(
  "type text thinking id name input tool_use_id is_error title url server_name page_age error_code".split(
    " ",
  ),
);

const sourceFields: ReadonlySet<string> = new Set("type media_type url file_id".split(" "));

function keptSource(source: unknown): JsonValue {
  const { data } = fieldsOf(source);
  const kept = fieldsOf(only(fieldsOf(source), sourceFields));
  if (data === undefined) return jsonOf(kept);
  return jsonOf({ ...kept, data: `[${textOf(data)?.length ?? 0} characters of base64 not kept]` });
}

/** The words of a message, of a tool result, or of whatever else holds text blocks. */
export function wordsOf(content: unknown): string | undefined {
  if (typeof content === "string") return textOf(content);
  const texts = listOf(content).flatMap((block) => textOf(fieldsOf(block)["text"]) ?? []);
  return textOf(texts.join("\n"));
}
