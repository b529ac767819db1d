import type { EventId, Key } from "../vocabulary/event.ts";
import { cyclesOf } from "./cycles.ts";
import type { Family, GrammarProblem } from "./problem.ts";
import type { SpanStatements } from "./spans.ts";
import type { ParentStatement, Statement } from "./statement.ts";

/** What is wrong with a span, whatever stands around it. */
export function problemsOfSpan(span: SpanStatements): readonly GrammarProblem[] {
  return [...unopened(span), ...familiesDisagree(span), ...misplacedUsage(span)];
}

function* unopened({ session, key, statements }: SpanStatements): Iterable<GrammarProblem> {
  if (statements.some(({ role }) => role === "opening")) return;
  const closings = eventsOf(statements.filter(({ role }) => role === "closing"));
  const marks = eventsOf(statements.filter(({ role }) => role === "mark"));
  if (closings.length > 0) yield { code: "unopened-closing", session, key, evidence: closings };
  if (marks.length > 0) yield { code: "unopened-mark", session, key, evidence: marks };
}

function* familiesDisagree({ session, key, statements }: SpanStatements): Iterable<GrammarProblem> {
  const families = familiesOf(statements);
  if (families.length < 2) return;
  const evidence = eventsOf(statements.filter(({ role }) => role !== "mark"));
  yield { code: "families-disagree", session, key, families, evidence };
}

/** A call's usage belongs to a model call; a counter covers calls, so it is read on none. */
function* misplacedUsage({ session, key, statements }: SpanStatements): Iterable<GrammarProblem> {
  const [family, other] = familiesOf(statements);
  if (family === undefined || other !== undefined) return;
  for (const basis of ["call", "total"] as const) {
    const fits = basis === "call" ? family === "model" : family === "turn" || family === "work";
    const reports = statements.filter((one) => one.role === "mark" && one.usage === basis);
    if (fits || reports.length === 0) continue;
    yield { code: "misplaced-usage", session, key, basis, family, evidence: eventsOf(reports) };
  }
}

/** Spans that are their own ancestors, by the parents that count. */
export function parentCycles(
  session: string,
  statements: ReadonlyMap<Key, ParentStatement>,
): readonly GrammarProblem[] {
  const parents = new Map([...statements].map(([key, { parent }]) => [key, parent]));
  return cyclesOf(parents).map((cycle) => ({
    code: "parent-cycle",
    session,
    key: cycle[0] ?? "",
    cycle,
    evidence: cycle.flatMap((key) => statements.get(key)?.id ?? []).toSorted(),
  }));
}

const familiesOf = (statements: readonly Statement[]): readonly Family[] =>
  [...new Set(statements.flatMap((one) => (one.role === "mark" ? [] : one.family)))].toSorted();

const eventsOf = (statements: readonly Statement[]): readonly EventId[] =>
  statements.map(({ event }) => event).toSorted();
