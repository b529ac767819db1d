import {
  type AgentEvent,
  type LedgerLine,
  readLedger,
  sessionSummary,
  type SessionSummary,
  type SessionView,
  wholeSession,
} from "@spoor/core";
import type { Pricing } from "../cost/pricing.ts";
import { askRecord } from "../record/journal-record.ts";
import { sessionsOf } from "../record/sessions-in.ts";

/** How much of a session is there: all, all but content, or no more than its line in the ledger. */
export type Fidelity = "hot" | "warm" | "cold";

export interface ListedSession extends SessionSummary {
  readonly fidelity: Fidelity;
}

/** A session of which entries went. */
export interface LedgerSession {
  readonly session: ListedSession;
  readonly lines: readonly LedgerLine[];
  /** What was recorded of it since, and is there; null: nothing. */
  readonly later: SessionView | null;
}

/** By id. What is there of a session and has a line all the same is told by the line. */
export async function ledgerSessions(
  folder: string,
  costOf?: Pricing["costOf"],
): Promise<ReadonlyMap<string, LedgerSession>> {
  const ledger = readLedger(folder);
  if (ledger.size === 0) return new Map();
  const { views, content } = await askRecord(folder, (record) => {
    const { events, content: source } = record.sessions([...ledger.keys()], null);
    return sessionsOf({ events: laterThan(ledger, events), content: source });
  });
  const laterOnes = new Map(views.map((view) => [view.id, view]));
  const found = new Map<string, LedgerSession>();
  for (const [id, lines] of ledger) {
    const later = laterOnes.get(id) ?? null;
    const cost = later && costOf?.(later, content);
    const since = later && sessionSummary(later, content, cost ? { cost } : {});
    const [first, ...more] = [...lines.map(({ session }) => session), ...(since ? [since] : [])];
    if (first)
      found.set(id, {
        session: { ...wholeSession([first, ...more]), fidelity: "cold" },
        lines,
        later,
      });
  }
  return found;
}

/** What no line tells of, and what is not about what went. */
function* laterThan(
  ledger: ReadonlyMap<string, readonly LedgerLine[]>,
  events: Iterable<AgentEvent>,
): Iterable<AgentEvent> {
  for (const event of events) {
    const to = ledger.get(event.session)?.at(-1)?.to ?? 0;
    if (event.type !== "record.reduced" && event.recordedAt > to) yield event;
  }
}

/** Of a session that has no line in the ledger. */
export function fidelityOf({ marks }: SessionView): Fidelity {
  const wentByRetention = marks.some(
    (mark) => mark.type === "record.reduced" && mark.what === "content" && mark.why === "retention",
  );
  return wentByRetention ? "warm" : "hot";
}

/** Nothing is left of it but words about what went. */
export function isOnlyAboutWhatWent({ started, spans, marks }: SessionView): boolean {
  return (
    started === null && spans.length === 0 && marks.every(({ type }) => type === "record.reduced")
  );
}
