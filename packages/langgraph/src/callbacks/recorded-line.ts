import { isRecord } from "@spoor/core";
import { callbackOf } from "./callback.ts";
import type { LangGraphCallback } from "./native.ts";
import { fieldsOf, known, textOf } from "./reading.ts";

/**
 * A line of a recording: its header, a note of its maker, or one callback with its arguments by name. Null for anything else, and for
 * a callback that does not say which run it is about.
 */
export function parseRecordedLine(line: string): LangGraphCallback | null {
  const recorded = jsonOrNull(line);
  if (!isRecord(recorded)) return null;
  if (typeof recorded["scenario"] === "string") {
    const version = textOf(fieldsOf(recorded["versions"])["@langchain/langgraph"]);
    return { kind: "header", ...known({ frameworkVersion: version }) };
  }
  if (typeof recorded["note"] === "string") return { kind: "note" };
  if (typeof recorded["event"] !== "string" || !isRecord(recorded["args"])) return null;
  return callbackOf(recorded["event"], recorded["args"], orderOf(recorded["seq"]));
}

function orderOf(value: unknown): { readonly order?: number } {
  return typeof value === "number" ? { order: value } : {};
}

function jsonOrNull(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
