import type { Account, Ledger } from "./ledger.ts";

/**
 * What belongs to turns that began then or later, so that a turn is in it whole or not at all. What has no time is in no span of time: it is left
 * out, and counted.
 */
export function ledgerSince(ledger: Ledger, since: number): Ledger {
  if (since === Number.NEGATIVE_INFINITY) return ledger;
  const { timeless } = ledger;
  const isSince = (account: Account): boolean =>
    (timeOf(account) ?? Number.NEGATIVE_INFINITY) >= since;
  const lines = ledger.lines.filter(isSince);
  const reported = ledger.reported.filter(isSince);
  const uncounted = ledger.uncounted.filter(isSince);
  const isCounted = uncounted.every((line) => line.reported === null);
  return {
    lines,
    reported,
    uncounted,
    isComparable: isCounted && !isParted(ledger, isSince),
    timeless: timeless + ledger.lines.filter((line) => timeOf(line) === null).length,
  };
}

/** Work that goes on in the background is in the counter of a later turn: what is reported of it may be in, and the work itself not. */
function isParted({ lines, reported }: Ledger, isSince: (account: Account) => boolean): boolean {
  const reporting = new Set(reported.filter(isSince).map(({ turnSpanId }) => turnSpanId));
  return lines.some(
    (line) => line.reported !== null && reporting.has(line.reported.turnSpanId) !== isSince(line),
  );
}

const timeOf = ({ turnAt, at }: Account): number | null => turnAt ?? at;
