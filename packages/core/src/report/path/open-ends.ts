import type { Visit } from "./graph-runs.ts";

/** What a visit may have come from, as far as the order of time tells. */
export interface OpenEnds {
  /** The last that had ended when this one began, and those that had ended and led nowhere yet. */
  readonly before: (visit: Visit) => readonly Visit[];
  /** In order of their beginnings. */
  readonly add: (visit: Visit) => void;
  /** It has led somewhere. */
  readonly leave: (visit: Visit) => void;
}

/** Nobody knows when an unended visit ends: it stands where it began. */
const endOf = ({ span }: Visit): number => span.end ?? span.start ?? -Infinity;

/** Constant work for a visit, times how many run side by side. */
export function openEnds(): OpenEnds {
  let running: Visit[] = [];
  let latest: Visit[] = [];
  const loose = new Set<Visit>();
  const left = new Set<Visit>();

  const end = (visit: Visit): void => {
    const start = visit.span.start ?? endOf(visit);
    latest = [...latest.filter((other) => endOf(other) > start), visit];
    if (!left.has(visit)) loose.add(visit);
  };

  return {
    before(visit) {
      const start = visit.span.start ?? Infinity;
      const ended = running.filter((other) => endOf(other) <= start);
      running = running.filter((other) => endOf(other) > start);
      ended.toSorted((one, two) => endOf(one) - endOf(two)).forEach(end);
      const causes = new Set(latest.map(({ span }) => span.causedBy));
      return [...new Set([...loose, ...latest])].filter(
        (other) => loose.has(other) || !other.spans.some(({ id }) => causes.has(id)),
      );
    },
    add(visit) {
      if (!visit.isRepeated) running.push(visit);
    },
    leave(visit) {
      loose.delete(visit);
      left.add(visit);
    },
  };
}
