import type { EventDraft } from "../../../vocabulary/event.ts";
import type { SpanFacts } from "../../facts/span-facts.ts";
import { traceOf } from "../native.ts";
import { type Known, type Reading, source, tellSession } from "../reading.ts";
import { type Row, textOf } from "../row.ts";
import { connections, usages } from "./besides.ts";
import { endingOf } from "./ending.ts";
import { familyOf } from "./family.ts";
import { openingOf } from "./opening.ts";
import { spokenIn } from "./said.ts";

/** A span that Spoor has sent, as it was. */
export function* translateSpan(reading: Reading, row: Row, facts: SpanFacts): Iterable<EventDraft> {
  const id = textOf(row["id"]) ?? "";
  const session = facts.session ?? textOf(row["sessionId"]);
  const trace = traceOf(row);
  const span: Known = {
    session: session ?? trace,
    key: facts.key ?? id,
    family: familyOf(facts.kind ?? ""),
  };
  const cause = causeOf(reading, span, facts);
  reading.observations.set(id, span);
  if (span.family === "turn" && !reading.turns.has(trace)) reading.turns.set(trace, span);

  yield openingOf(reading, row, facts, span, cause);
  yield* tellSession(reading, span.session, facts.sessionInferred === true || session === null);
  yield* connections(reading, id, facts, span);
  yield* usages(row, facts, span);
  const ending = endingOf(row, facts, span);
  if (ending) yield ending;
  else yield* saidSoFar(row, span);
}

/** The key of the cause; where the document has not come to it, it is told when it does. */
function causeOf(reading: Reading, span: Known, { causedBy }: SpanFacts): string | undefined {
  if (causedBy === undefined) return undefined;
  const cause = reading.observations.get(causedBy);
  if (cause) return cause.key;
  const waiting = reading.causes.get(causedBy) ?? [];
  reading.causes.set(causedBy, [...waiting, span]);
  return undefined;
}

/** What came out of a span that nobody saw ending. */
function* saidSoFar(row: Row, { session, key }: Known): Iterable<EventDraft> {
  const output = spokenIn(row, "output");
  if (output !== undefined)
    yield { type: "span.amended", session, source, on: key, mark: "output", output };
}
