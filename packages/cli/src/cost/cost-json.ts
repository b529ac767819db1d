import { type CostTally, type Ledger, lineReport, sumsReport } from "@spoor/core/cost";

/** The document that `spoor cost --json` prints, piece by piece, so that no more than one session is in memory. */
export function* costJson(ledgers: Iterable<Ledger>, tally: CostTally): Iterable<string> {
  yield '{\n"lines": [';
  let separator = "\n";
  for (const ledger of ledgers) {
    tally.add(ledger);
    for (const line of ledger.lines) {
      yield `${separator}${JSON.stringify(lineReport(line))}`;
      separator = ",\n";
    }
  }
  const sums = JSON.stringify(sumsReport(tally.sums()), null, 2);
  yield `\n],\n${sums.slice(sums.indexOf("\n") + 1)}\n`;
}
