import { onOneLine } from "../../terminal/one-line.ts";
import { isRecord, type JsonValue } from "../../vocabulary/json.ts";

/** A value on one line: of text blocks the text, else JSON. */
export function excerpt(value: JsonValue): string {
  if (typeof value === "string") return onOneLine(value);
  const blocks = Array.isArray(value) ? value.map(textOfBlock) : [];
  return onOneLine(
    blocks.length > 0 && !blocks.includes(null) ? blocks.join(" ") : JSON.stringify(value),
  );
}

function textOfBlock(block: JsonValue): string | null {
  const text = isRecord(block) && block["type"] === "text" ? block["text"] : null;
  return typeof text === "string" ? text : null;
}
