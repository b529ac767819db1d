import type { EventDraft } from "../../../vocabulary/event.ts";
import type { SpanFacts } from "../../facts/span-facts.ts";
import { type Known, type Reading, source } from "../reading.ts";
import { known, type Row, timeOf } from "../row.ts";

const about = ({ session, key }: Known): { session: string; source: string; on: string } => ({
  session,
  source,
  on: key,
});

/** The other names of a span; and of those before it, which it caused. */
export function* connections(
  reading: Reading,
  id: string,
  { otherKeys = [] }: SpanFacts,
  span: Known,
): Iterable<EventDraft> {
  for (const alias of otherKeys)
    yield { ...about(span), type: "span.amended", mark: `also ${alias}`, alias };
  const caused = reading.causes.get(id) ?? [];
  reading.causes.delete(id);
  for (const effect of caused)
    yield { ...about(effect), type: "span.amended", mark: "cause", causedBy: span.key };
}

/** What was counted on it: by the call itself, for each counter that covers it, and on turns by the counters. */
export function* usages(row: Row, facts: SpanFacts, span: Known): Iterable<EventDraft> {
  const began = facts.firstOutputAt ?? timeOf(row["completionStartTime"]);
  if (span.family === "model" && began !== null)
    yield { ...about(span), type: "output.began", mark: "output", at: { ms: began } };
  const { usage, usageFinal: final = false, meters = [], totals = [] } = facts;
  const reported = { ...about(span), type: "usage.reported" } as const;
  if (usage) {
    const call = { ...reported, basis: "call", usage, final, ...unanswered(facts) } as const;
    if (meters.length === 0) yield { ...call, mark: "call" };
    for (const meter of meters) yield { ...call, mark: `call ${meter}`, meter };
  }
  for (const [place, total] of totals.entries())
    yield { ...reported, ...total, basis: "total", mark: `total ${place}` };
}

/** Which model answers is told with the end of a call, and where there is none, with what it has used. */
const unanswered = ({ status, model }: SpanFacts): { readonly model?: string } =>
  status === "open" || status === "abandoned" ? known({ model }) : {};
