import type { GraphRun, Visit } from "./graph-runs.ts";
import type { Way } from "./way.ts";
import { waysByStep } from "./ways-by-step.ts";
import { waysByTime } from "./ways-by-time.ts";

/** What frameworks choose to come to an end. */
const end = "__end__";

/** How one run of a graph went from visit to visit. What does again what was not finished comes from nowhere else. */
export function waysOf({ scopes, visits }: GraphRun): readonly Way[] {
  const ways = visits.some(({ span }) => span.step) ? waysByStep(visits) : waysByTime(visits);
  const goesOn = new Set(ways.map(({ from }) => from));
  const last = visits.reduce(latestStep, undefined);
  const leavers = visits.filter((visit) => !visit.isRepeated && !goesOn.has(visit));
  const isOver = scopes.at(-1)?.status === "ok";
  const finishers = leavers.filter(
    ({ span }) => isOver && (span.chose.includes(end) || span.step?.superstep === last),
  );
  return [
    ...ways,
    ...finishers.map((from): Way => {
      const isSure = finishers.length === 1 || from.span.chose.includes(end);
      return { from, to: null, basis: isSure ? "observed" : "order" };
    }),
    ...leavers.flatMap((from) => choicesNotSeen(from, visits)),
  ];
}

function latestStep(latest: number | undefined, { span }: Visit): number | undefined {
  const superstep = span.step?.superstep;
  return superstep === undefined || (latest ?? superstep) > superstep ? latest : superstep;
}

/** Of one that led nowhere else. */
function choicesNotSeen(from: Visit, visits: readonly Visit[]): readonly Way[] {
  return from.span.chose
    .filter((name) => name !== end && !visits.some(({ span }) => span.name === name))
    .map((to) => ({ from, to, basis: "observed" }));
}
