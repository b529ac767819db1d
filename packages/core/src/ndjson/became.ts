import type { ContentAnswer } from "../journal/content.ts";
import type { WithheldReason } from "../vocabulary/event.ts";
import { isRecord, type JsonValue } from "../vocabulary/json.ts";

/** What became of a value, as the text of a JSON object that has one of five names in it. */
export function becameText(answer: ContentAnswer): string {
  switch (answer.kind) {
    case "value": {
      const json = textOf(answer.value);
      if (json === null) return becameText({ kind: "withheld", reason: "unserialisable" });
      return `{${answer.cutFrom === undefined ? "" : `"cutFrom":${answer.cutFrom},`}"value":${json}}`;
    }
    case "withheld":
      return JSON.stringify({ withheld: answer.reason });
    case "erased":
      return '{"erased":true}';
    case "removed":
      return '{"removed":true}';
    case "missing":
      return '{"missing":true}';
    default:
      return answer satisfies never;
  }
}

/** A redactor of the route has had its hands on it: what it made may be no JSON any more. */
function textOf(value: JsonValue): string | null {
  try {
    const json: string | undefined = JSON.stringify(value);
    return json ?? null;
  } catch {
    return null;
  }
}

/** Reads it back. What nobody has taught this version is missing. */
export function becameOf(said: unknown): ContentAnswer {
  if (!isRecord(said)) return { kind: "missing" };
  const { cutFrom, value, withheld, erased, removed } = said;
  if (erased === true) return { kind: "erased" };
  if (removed === true) return { kind: "removed" };
  if (typeof withheld === "string") return { kind: "withheld", reason: withheld as WithheldReason };
  if (value === undefined) return { kind: "missing" };
  const whole = { kind: "value", value: value as JsonValue } as const;
  return typeof cutFrom === "number" ? { ...whole, cutFrom } : whole;
}
