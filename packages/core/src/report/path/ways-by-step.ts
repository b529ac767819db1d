import type { Visit } from "./graph-runs.ts";
import type { Way } from "./way.ts";

/** In supersteps: from what a visit waited for, or from those of the step before that went there. */
export function waysByStep(visits: readonly Visit[]): readonly Way[] {
  const latest = new Map<string, Visit>();
  let before: readonly Visit[] = [];
  const ways: Way[] = [];
  for (const members of supersteps(visits)) {
    for (const to of members) {
      const waitedFor = to.span.step?.waitedFor ?? [];
      const joined = waitedFor.flatMap((name) => latest.get(name) ?? []);
      if (!to.isRepeat) ways.push(...waysTo(to, joined, before));
    }
    before = members.filter(({ isRepeated }) => !isRepeated);
    for (const visit of before) latest.set(visit.span.name, visit);
  }
  return ways;
}

/** What stands in no step of a graph that goes in steps comes between the last before it and the next. */
function supersteps(visits: readonly Visit[]): readonly (readonly Visit[])[] {
  let latest = 0;
  const placed = visits.map((visit) => {
    latest = visit.span.step?.superstep ?? latest;
    return { visit, place: visit.span.step ? latest : latest + 0.5 };
  });
  const groups = [...Map.groupBy(placed, ({ place }) => place)];
  return groups
    .toSorted(([left], [right]) => left - right)
    .map(([, group]) => group.map(({ visit }) => visit));
}

/** Where nobody told, from those that chose nothing else. */
function waysTo(to: Visit, joined: readonly Visit[], before: readonly Visit[]): readonly Way[] {
  const told = joined.length > 0 ? joined : before.filter((from) => wentTo(from, to.span.name));
  if (told.length > 0) return told.map((from) => ({ from, to, basis: "observed" }));
  if (before.length === 0) return [{ from: null, to, basis: "observed" }];
  const silent = before.filter(({ span }) => span.chose.length === 0);
  const isOneNode = new Set(before.map(({ span }) => span.name)).size === 1;
  const basis = isOneNode ? "observed" : "order";
  return (silent.length > 0 ? silent : before).map((from) => ({ from, to, basis }));
}

/** A handover is told where it is made, which may be far down in a visit. */
const wentTo = ({ span, spans }: Visit, name: string): boolean =>
  span.chose.includes(name) || spans.some(({ handedTo }) => handedTo.includes(name));
