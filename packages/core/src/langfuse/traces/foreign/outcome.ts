import type { Outcome } from "../../../vocabulary/event.ts";
import { known, type Row, textOf } from "../row.ts";

export interface Ended {
  readonly outcome: Outcome;
  /** What was said about it. */
  readonly detail?: string;
}

/** Only the level says that something failed. What kind of error it was, mostly the first word of its text. */
export function outcomeOf(row: Row): Ended {
  const message = textOf(row["statusMessage"]);
  if (row["level"] !== "ERROR") return { outcome: { status: "ok" }, ...known({ detail: message }) };
  const [, named = "error"] =
    /^([A-Z]\w{2,60}(?:Error|Exception|Timeout|Interrupt))\b/.exec(message ?? "") ?? [];
  return { outcome: { status: "error", errorType: named }, ...known({ detail: message }) };
}
