import type { MarkEvent } from "../vocabulary/event.ts";

/**
 * The marks of a span, each occurrence once, as the first who told it did. Sources that watch the same agent do not know of each other: what they
 * call by the same mark is one occurrence, and so is what they tell alike, the first that one tells meeting the first that the other tells. What
 * one source tells twice happened twice.
 */
export function occurrences(marks: readonly MarkEvent[]): readonly MarkEvent[] {
  const [first] = marks;
  if (marks.every(({ source }) => source === first?.source)) return marks;
  const named = new Set<string>();
  const told = new Map<string, number>();
  const met = new Map<string, number>();
  return marks.filter((mark) => {
    if (hasRulesOfItsOwn(mark)) return true;
    const name = JSON.stringify([mark.type, mark.mark]);
    if (named.has(name)) return false;
    named.add(name);
    const alike = sayingOf(mark);
    const bySource = JSON.stringify([mark.source, alike]);
    const count = (told.get(bySource) ?? 0) + 1;
    told.set(bySource, count);
    if (count <= (met.get(alike) ?? 0)) return false;
    met.set(alike, count);
    return true;
  });
}

/** For what several sources tell: `usage-fold.ts`, and `join.ts`. */
const hasRulesOfItsOwn = ({ type }: MarkEvent): boolean =>
  type === "usage.reported" || type === "span.amended";

/** What is told, without who told it, when, and in which words of its own. */
function sayingOf(mark: MarkEvent): string {
  const said = Object.entries(mark).filter(([name]) => !ofTheTeller.has(name));
  return JSON.stringify(said.toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

const ofTheTeller: ReadonlySet<string> = new Set([
  "v",
  "id",
  "recordedAt",
  "sequence",
  "spanId",
  "source",
  "at",
  "on",
  "mark",
  "native",
  "why",
] satisfies readonly (keyof MarkEvent | "why")[]);
