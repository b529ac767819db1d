import {
  contentReader,
  createRunTree,
  journalReader,
  type LedgerLine,
  readLedger,
  sessionSummary,
  type SessionSummary,
  type SessionView,
  wholeSession,
} from "@spoor/core";
import { recordedEvents } from "../recorded-events.ts";
import type { Pricing } from "../cost/pricing.ts";

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
export function ledgerSessions(
  folder: string,
  costOf?: Pricing["costOf"],
): ReadonlyMap<string, LedgerSession> {
  const ledger = readLedger(folder);
  if (ledger.size === 0) return new Map();
  const reader = journalReader(folder);
  const tree = createRunTree();
  const content = contentReader(reader);
  for (const event of recordedEvents(reader, null)) {
    const lines = ledger.get(event.session);
    if (!lines || event.type === "record.reduced") continue;
    if (event.recordedAt <= (lines.at(-1)?.to ?? 0)) continue;
    tree.apply(event);
    content.apply(event);
  }
  const found = new Map<string, LedgerSession>();
  for (const [id, lines] of ledger) {
    const later = tree.session(id) ?? null;
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
