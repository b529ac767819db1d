import { plural } from "../printing/output.ts";
import type { LedgerSession } from "./ledger-sessions.ts";

/** What costs leave out, because the calls themselves went: prices are by the call and its day. Null: nothing. */
export function uncountedIn(
  sessions: readonly LedgerSession[],
  isWanted: (session: string) => boolean,
  earliest: number,
): string | null {
  const lines = sessions
    .filter(({ session }) => isWanted(session.id))
    .flatMap((cold) => cold.lines.filter(({ to }) => to >= earliest));
  if (lines.length === 0) return null;
  const ids = new Set(lines.map(({ session }) => session.id));
  const calls = lines.reduce((sum, { session }) => sum + session.modelCalls, 0);
  const tokens = lines
    .flatMap(({ session: { usage, unattributed } }) => [usage, unattributed ?? []].flat())
    .flatMap(({ input, cacheRead, cacheWrite, output }) => [input, cacheRead, cacheWrite, output])
    .reduce<number>((sum, count) => sum + (count ?? 0), 0);
  const used = `${plural(calls, "model call")} and ${tokens.toLocaleString("en")} tokens`;
  return `left out: ${plural(ids.size, "cold session")} with ${used}, of which only the ledger is left`;
}
