import { Buffer } from "node:buffer";
import type { JsonValue } from "../../vocabulary/json.ts";

/** A text that is looked for, word for word. Upper and lower case of A to Z are the same, unless it holds an upper-case letter of these. */
export interface Needle {
  readonly text: string;
  /** Finds it in JSON text that was read as bytes, and may find it where it is not: in a name, say. */
  readonly inBytes: RegExp;
  readonly inText: RegExp;
}

export function needleOf(text: string): Needle {
  const flags = /[A-Z]/.test(text) ? "g" : "gi";
  const asJson = JSON.stringify(text).slice(1, -1);
  const asBytes = Buffer.from(asJson, "utf8").toString("latin1");
  return {
    text,
    inBytes: new RegExp(escaped(asBytes), flags),
    inText: new RegExp(escaped(text), flags),
  };
}

export interface Occurrence {
  readonly before: string;
  readonly match: string;
  readonly after: string;
}

const around = 60;

/** The first in the texts and numbers of a value, in their order; what its fields are called does not count. Null: it is not in them. */
export function firstIn(value: JsonValue, needle: Needle): Occurrence | null {
  const waiting: JsonValue[] = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === "string") {
      const found = firstInText(next, needle);
      if (found) return found;
    } else if (typeof next === "number") {
      const found = firstInText(String(next), needle);
      if (found) return found;
    } else if (next !== null && typeof next === "object") {
      const parts: readonly JsonValue[] = Array.isArray(next) ? next : Object.values(next);
      for (let index = parts.length - 1; index >= 0; index -= 1) waiting.push(parts[index] ?? null);
    }
  }
  return null;
}

function firstInText(text: string, { inText }: Needle): Occurrence | null {
  inText.lastIndex = 0;
  const found = inText.exec(text);
  if (!found) return null;
  const [match] = found;
  const end = found.index + match.length;
  const start = Math.max(0, found.index - around);
  return {
    before: detached((start > 0 ? "\u2026" : "") + text.slice(start, found.index)),
    match: detached(match),
    after: detached(text.slice(end, end + around) + (end + around < text.length ? "\u2026" : "")),
  };
}

/** A part of a text keeps all of it in memory; this is a text of its own, and well formed. */
const detached = (part: string): string => Buffer.from(part, "utf8").toString("utf8");

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
