import type { Remark } from "./remarks.ts";
import type { TurnOutline } from "./outline.ts";

/** Turns that follow each other. */
export type Stretch = readonly TurnOutline[];

const weights: Readonly<Record<Remark, number>> = {
  failed: 100,
  abandoned: 90,
  finding: 80,
  compacted: 60,
  cancelled: 50,
  suspended: 40,
  open: 40,
  dear: 35,
  trimmed: 30,
  errors: 28,
  long: 25,
  fullest: 10,
  resumed: 5,
};

/** Shorter ones are not worth a cut. */
const shortestCut = 10;

/**
 * In so many lines at most, a line each: the turns that stand out most by themselves, and all between them in stretches, the longest of
 * which are cut as long as there is room.
 */
export function stretchesIn(turns: readonly TurnOutline[], lines: number): readonly Stretch[] {
  if (turns.length <= lines) return turns.map((turn) => [turn]);
  const named = new Set(weightiest(turns, Math.floor((lines - 1) / 2)));
  let stretches: readonly Stretch[] = between(turns, named);
  while (stretches.length < lines) {
    const longest = stretches.reduce((left, right) => (right.length > left.length ? right : left));
    if (longest.length < shortestCut) break;
    const middle = Math.ceil(longest.length / 2);
    stretches = stretches.flatMap((stretch) =>
      stretch === longest ? [stretch.slice(0, middle), stretch.slice(middle)] : [stretch],
    );
  }
  return stretches;
}

/** The first of a kind says more than the tenth, so a remark weighs less the more turns before have it. */
function weightiest(turns: readonly TurnOutline[], most: number): readonly TurnOutline[] {
  const times = new Map<Remark, number>();
  const weighed = turns
    .filter(({ remarks }) => remarks.length > 0)
    .toSorted((left, right) => right.errors - left.errors)
    .map((turn) => {
      let weight = 0;
      for (const remark of turn.remarks) {
        const before = times.get(remark) ?? 0;
        times.set(remark, before + 1);
        weight += weights[remark] / (1 + before / 4);
      }
      return { turn, weight };
    });
  return weighed
    .toSorted((left, right) => right.weight - left.weight)
    .slice(0, most)
    .map(({ turn }) => turn);
}

function between(
  turns: readonly TurnOutline[],
  named: ReadonlySet<TurnOutline>,
): readonly Stretch[] {
  const stretches: TurnOutline[][] = [];
  let open: TurnOutline[] | null = null;
  for (const turn of turns) {
    if (open && !named.has(turn)) open.push(turn);
    else {
      stretches.push([turn]);
      open = named.has(turn) ? null : (stretches.at(-1) ?? null);
    }
  }
  return stretches;
}
