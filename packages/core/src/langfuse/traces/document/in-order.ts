import { markFactsIn } from "../../facts/mark-facts.ts";
import { spanFactsIn } from "../../facts/span-facts.ts";
import type { SpanLink } from "../../../run-tree/span.ts";
import { metadataOf, parentOf } from "../native.ts";
import { type Row, textOf, timeOf } from "../row.ts";

interface Placed {
  readonly row: Row;
  readonly ms: number;
  /** Where times are the same: calls with few messages come first, because contexts grow; and then what ended first. */
  readonly messages: number;
  readonly ended: number;
  /** Among the marks of its span; null: it is none. */
  readonly order: number | null;
  /** What has to be told before it: what it lies in, and the turn before. */
  readonly after: readonly string[];
  /** Told before it where that began in the same moment. */
  readonly causedBy: string | undefined;
  /** What it goes on from, with all that happened there: under which name that waited, its marks tell. */
  readonly resumed: readonly string[];
}

/**
 * Observations as they happened: by time, as exact as it is known, but none before what it lies in or goes on from. Servers give them in either order,
 * and downloads in any.
 */
export function inOrder(rows: readonly Row[]): readonly Row[] {
  const placed = rows
    .map(place)
    .toSorted(
      (left, right) =>
        compare(left.ms, right.ms) ||
        left.messages - right.messages ||
        compare(left.ended, right.ended),
    );
  const byId = new Map(placed.map((one) => [textOf(one.row["id"]), one]));
  const { last, previous } = marksInOrder(placed);
  const causeOf = ({ causedBy, ms }: Placed): Placed | undefined => {
    const cause = causedBy === undefined ? undefined : byId.get(causedBy);
    return cause?.ms === ms ? cause : undefined;
  };
  const before = (one: Placed): readonly (Placed | undefined)[] => [
    ...one.after.map((id) => byId.get(id)),
    causeOf(one),
    ...one.resumed.map((id) => last.get(id)),
    previous.get(one),
  ];
  const begun = new Set<Placed>();
  const told = new Set<Placed>();
  for (const next of placed) {
    const open = [next];
    for (let one = open.at(-1); one; one = open.at(-1)) {
      begun.add(one);
      const first = before(one).find((other) => other && !begun.has(other));
      if (first) open.push(first);
      else {
        told.add(one);
        open.pop();
      }
    }
  }
  return [...told].map(({ row }) => row);
}

interface MarksInOrder {
  /** Of each span, the last of its marks. */
  readonly last: ReadonlyMap<string | null, Placed>;
  readonly previous: ReadonlyMap<Placed, Placed>;
}

/** The marks of each span in their own order, which says more than their times: these may not be known. */
function marksInOrder(placed: readonly Placed[]): MarksInOrder {
  const marks = placed
    .filter(({ order }) => order !== null)
    .toSorted((left, right) => (left.order ?? 0) - (right.order ?? 0));
  const last = new Map<string | null, Placed>();
  const previous = new Map<Placed, Placed>();
  for (const mark of marks) {
    const span = parentOf(mark.row);
    const before = last.get(span);
    if (before) previous.set(mark, before);
    last.set(span, mark);
  }
  return { last, previous };
}

function place(row: Row): Placed {
  const metadata = metadataOf(row);
  const mark = markFactsIn(metadata);
  const span = spanFactsIn(metadata);
  const exact = mark === null ? span?.startedAt : mark.at;
  const linked = (kind: SpanLink["kind"]): readonly string[] =>
    (span?.links ?? []).filter((link) => link.kind === kind).map(({ spanId }) => spanId);
  const parentId = parentOf(row);
  return {
    row,
    ms: exact ?? timeOf(row["startTime"]) ?? Number.POSITIVE_INFINITY,
    messages: span?.context?.count ?? 0,
    ended: span?.endedAt ?? timeOf(row["endTime"]) ?? Number.POSITIVE_INFINITY,
    order: mark === null ? null : (mark.order ?? 0),
    after: [...(parentId === null ? [] : [parentId]), ...linked("previous"), ...linked("resume")],
    causedBy: span?.causedBy,
    resumed: linked("resume"),
  };
}

/** Infinity is as far as infinity. */
const compare = (left: number, right: number): number => (left < right ? -1 : left > right ? 1 : 0);
