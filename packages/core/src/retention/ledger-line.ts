import type { SessionSummary } from "../report/report.ts";
import { isRecord } from "../vocabulary/json.ts";

/** What is left of a session, or of a part of it, when its entries go: numbers and names. */
export interface LedgerLine {
  readonly v: 1;
  /** As of `show --json` at that time, without prices and without who used it. */
  readonly session: SessionSummary;
  /** How many entries it had, in all lanes. */
  readonly entries: number;
  /** When the first and the last of them were recorded. A later line is about what came after. */
  readonly from: number;
  readonly to: number;
  readonly writtenAt: number;
}

/** Null: no line of this version. */
export function parseLedgerLine(value: unknown): LedgerLine | null {
  if (!isRecord(value) || value["v"] !== 1 || !isRecord(value["session"])) return null;
  const { session, entries, from, to, writtenAt } = value;
  const isWhole = [entries, from, to, writtenAt].every((number) => typeof number === "number");
  return isWhole && typeof session["id"] === "string" && isSummary(session)
    ? (value as unknown as LedgerLine)
    : null;
}

const counts = ["turns", "modelCalls", "toolCalls", "errors"];

function isSummary(session: Readonly<Record<string, unknown>>): boolean {
  return (
    counts.every((name) => typeof session[name] === "number") &&
    typeof session["status"] === "string" &&
    isRecord(session["usage"]) &&
    isRecord(session["cost"]) &&
    Array.isArray(session["tags"])
  );
}
