/**
 * What the readers of a lane have of a segment. `delivered`: everyone who reads has read it. `open`: something of a session lies in it that
 * still has work going on.
 */
export type SegmentStanding = "delivered" | "undelivered" | "open";

/** Asked synchronously, before a segment goes. One that throws has said `undelivered`. */
export type StandingOf = (segment: number) => SegmentStanding;

/** A journal knows no readers. */
export const nobodyTold: StandingOf = () => "undelivered";

export interface StandingSegment {
  readonly segment: number;
  readonly standing: SegmentStanding;
}

const order: Readonly<Record<SegmentStanding, number>> = { delivered: 0, undelivered: 1, open: 2 };

/** The order in which segments go: what was delivered, then what was not, then what is open; of each, the oldest first. */
export function inOrderOfRemoval(
  oldestFirst: Iterable<number>,
  standingOf: StandingOf,
): readonly StandingSegment[] {
  return Array.from(oldestFirst, (segment) => ({
    segment,
    standing: asked(standingOf, segment),
  })).toSorted((left, right) => order[left.standing] - order[right.standing]);
}

function asked(standingOf: StandingOf, segment: number): SegmentStanding {
  try {
    return standingOf(segment);
  } catch {
    return "undelivered";
  }
}
