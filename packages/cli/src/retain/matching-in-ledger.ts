import type { SessionView } from "@spoor/core";
import type { LedgerSession, ListedSession } from "./ledger-sessions.ts";

/** A session that matches, and when it was last active: what puts it in its place. */
export interface Listed {
  readonly summary: ListedSession;
  readonly last: number;
}

export interface SessionsAsked {
  readonly user: string | undefined;
  readonly tool: string | undefined;
  readonly status: string | undefined;
  /** In milliseconds since the epoch. */
  readonly since: number;
}

export interface MatchingInLedger {
  readonly sessions: readonly Listed[];
  /** How many may match: the ledger does not say who used a session and which tools it called. */
  readonly untold: number;
}

/** Of the sessions of which entries went, those that match by what is left. */
export function matchingInLedger(
  inLedger: ReadonlyMap<string, LedgerSession>,
  { user, tool, status, since }: SessionsAsked,
): MatchingInLedger {
  const sessions: Listed[] = [];
  let untold = 0;
  for (const { session, lines, later } of inLedger.values()) {
    const last = lastTime(session) ?? lines.at(-1)?.to ?? null;
    if ((last ?? Number.NEGATIVE_INFINITY) < since) continue;
    if (status !== undefined && session.status !== status) continue;
    const isOfUser = user === undefined || session.userId === user;
    const hasTool = tool === undefined || (later !== null && usesTool(later, tool));
    if (isOfUser && hasTool) sessions.push({ summary: session, last: last ?? 0 });
    else untold += 1;
  }
  return { sessions, untold };
}

export function usesTool({ spans }: SessionView, tool: string): boolean {
  return spans.some(({ kind, name }) => kind === "tool" && name === tool);
}

function lastTime({ startedAt, endedAt }: ListedSession): number | null {
  const time = endedAt ?? startedAt;
  return time === null ? null : Date.parse(time);
}
