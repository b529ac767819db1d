import { type CostKey, costTally, type Ledger, ledgerOf, ledgerSince } from "@spoor/core/cost";
import { findSession } from "../record/find-session.ts";
import type { Io } from "../io.ts";
import { readableJournal } from "../record/journal-folder.ts";
import { askRecord } from "../record/journal-record.ts";
import { printLines, printPieces, warn } from "../printing/output.ts";
import { ledgerSessions } from "../retain/ledger-sessions.ts";
import { activeOrCold } from "../retain/show-cold.ts";
import { uncountedIn } from "../retain/uncounted.ts";
import { sessionBySession } from "../record/session-by-session.ts";
import { costJson } from "./cost-json.ts";
import { costTable, timelessLine } from "./cost-table.ts";
import { pricing } from "./pricing.ts";

export interface CostAsked {
  /** None: all of them. */
  readonly sessions: readonly string[];
  readonly dir: string | undefined;
  readonly json: boolean;
  readonly by: CostKey;
  /** When the first of the turns that count began. */
  readonly earliest: number;
}

/** Session by session: only sums are kept. */
export async function printCost(
  { sessions, dir, json, by, earliest }: CostAsked,
  io: Io,
): Promise<void> {
  const { folder, config } = await readableJournal(dir, io);
  const inLedger = await ledgerSessions(folder);
  const active =
    sessions.length === 0
      ? null
      : activeOrCold(await askRecord(folder, (record) => record.lastActivity()), inLedger);
  const asked = active && new Set(sessions.map((id) => findSession(id, active)));
  const { book, settled } = await pricing(io, config);
  const isWanted = (id: string): boolean => asked === null || asked.has(id);
  function* ledgers(): Iterable<Ledger> {
    for (const { view, content } of sessionBySession(folder, io, isWanted))
      yield ledgerSince(ledgerOf(view, content, book), earliest);
  }
  const tally = costTally(by);
  if (json) await printPieces(io, costJson(ledgers(), tally));
  else {
    for (const ledger of ledgers()) tally.add(ledger);
    const sums = tally.sums();
    const table = costTable(sums);
    if (table.length > 0) printLines(io, table);
    else
      for (const line of ["no model call matches", ...timelessLine(sums.timeless)]) warn(io, line);
  }
  const left = uncountedIn([...inLedger.values()], isWanted, earliest);
  if (left !== null) warn(io, left);
  await settled();
}
