import { isRecord } from "@spoor/core";
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
  const kept = withoutBinary(only(fieldsOf(source), sourceFields) ?? {});
  if (data === undefined) return kept;
  return jsonOf({ ...fieldsOf(kept), data: notKept(textOf(data) ?? "") });
}

const notKept = ({ length }: string): string => `[${length} characters of base64 not kept]`;

const binary = /^(?:data:[^,]*;base64,|[\w+/-]{512,}={0,2}$)/;

/** Whatever it is, with a word on its length in the place of each text that is no words. */
export function withoutBinary(value: JsonValue): JsonValue {
  if (typeof value === "string") return binary.test(value) ? notKept(value) : value;
  if (Array.isArray(value)) return value.map(withoutBinary);
  if (!isRecord(value)) return value;
  const parts = Object.entries(value).map(([name, part]) => [name, withoutBinary(jsonOf(part))]);
  return jsonOf(Object.fromEntries(parts));
}

/** The words of a message, of a tool result, or of whatever else holds text blocks. */
export function wordsOf(content: unknown): string | undefined {
  if (typeof content === "string") return textOf(content);
  const texts = listOf(content).flatMap((block) => textOf(fieldsOf(block)["text"]) ?? []);
  return textOf(texts.join("\n"));
}
