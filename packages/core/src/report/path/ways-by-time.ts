import type { Visit } from "./graph-runs.ts";
import { openEnds } from "./open-ends.ts";
import type { Way } from "./way.ts";

/** Without steps: from what caused a visit; where nobody told, from what had ended when it began. What began later caused nothing. */
export function waysByTime(visits: readonly Visit[]): readonly Way[] {
  const ends = openEnds();
  const begun = new Map<string, Visit>();
  return visits.flatMap((to): readonly Way[] => {
    const cause = begun.get(to.span.causedBy ?? "");
    const before = ends.before(to);
    ends.add(to);
    for (const { id } of to.spans) begun.set(id, to);
    if (to.isRepeat) return [];
    const from = cause ? [cause] : before;
    from.forEach(ends.leave);
    if (from.length === 0)
      return [{ from: null, to, basis: to === visits[0] ? "observed" : "order" }];
    return from.map((one) => ({ from: one, to, basis: cause ? "observed" : "order" }));
  });
}
