import { isRecord, type JsonValue } from "../../vocabulary/json.ts";

const widest = 90;

/** JSON that can be read: what fits on a line is on one, what does not is on several, a field or an item each. */
export function jsonText(value: JsonValue, indent = ""): string {
  const flat = JSON.stringify(value);
  if (flat.length + indent.length <= widest) return flat;
  const inner = `${indent}  `;
  if (Array.isArray(value))
    return within(
      "[]",
      value.map((item: JsonValue) => inner + jsonText(item, inner)),
      indent,
    );
  if (!isRecord(value)) return flat;
  const fields = Object.entries(value).map(
    ([name, field]) => `${inner}${JSON.stringify(name)}: ${jsonText(field, inner)}`,
  );
  return within("{}", fields, indent);
}

const within = (brackets: string, lines: readonly string[], indent: string): string =>
  `${brackets.slice(0, 1)}\n${lines.join(",\n")}\n${indent}${brackets.slice(1)}`;
