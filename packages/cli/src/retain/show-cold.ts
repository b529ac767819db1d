import { isRecord, type SessionView } from "@spoor/core";
import type { Io } from "../io.ts";
import { lineWidth, printJson, printLines, warn } from "../printing/output.ts";
import { sessionTable } from "../printing/session-table.ts";
import { fidelityOf, type LedgerSession } from "./ledger-sessions.ts";

/** When sessions were last active, those included of which only the ledger tells. */
export function activeOrCold(
  active: ReadonlyMap<string, number>,
  inLedger: ReadonlyMap<string, LedgerSession>,
): ReadonlyMap<string, number> {
  const cold = Array.from(inLedger, ([id, { lines }]) => [id, lines.at(-1)?.to ?? 0] as const);
  return new Map([...cold, ...active]);
}

interface ColdSession {
  readonly session: Pick<LedgerSession["session"], "id">;
  readonly lines: LedgerSession["lines"];
}

/** What a reader should know of a session of which entries went. */
export function coldSentence({ session, lines }: ColdSession): string {
  const entries = lines.reduce((sum, line) => sum + line.entries, 0);
  const last = new Date(lines.at(-1)?.writtenAt ?? 0).toISOString().slice(0, 10);
  const count = entries === 1 ? "1 entry" : `${entries.toLocaleString("en")} entries`;
  return `session ${session.id} is cold: retention has taken ${count} of it by ${last}, and its line in the ledger is what is left of them`;
}

/** A session of which nothing but its line is there. */
export function printCold(cold: LedgerSession, json: boolean | undefined, io: Io): void {
  const { session, lines } = cold;
  if (json) printJson(io, { session, turns: [], unplaced: [], marks: [], ledger: lines });
  else {
    printLines(io, sessionTable([session], lineWidth(io)));
    warn(io, coldSentence(cold));
  }
}

/** The report of a session as JSON says it; of what else is asked for there is nothing to add. */
export function withFidelity(
  report: unknown,
  view: SessionView,
  cold: LedgerSession | null,
): unknown {
  if (!isRecord(report) || !isRecord(report["session"]) || !("unplaced" in report)) return report;
  if (cold) return { ...report, session: cold.session, ledger: cold.lines };
  return { ...report, session: { ...report["session"], fidelity: fidelityOf(view) } };
}
