import type { Item, Link } from "./placing.ts";

/** Between items beside each other, between layers, and how wide it is where lines pass. */
export const beside = 26;
export const below = 50;
const passWidth = 14;

/** An item, or a place where lines pass by on their way to another layer: all that come from one item, or lead to it, together. */
export interface Cell extends Item {
  /** Of a place where lines pass: the item that they come from, or lead to. */
  readonly trunk: string | null;
}

/** A link as it runs through the layers: cells from top to bottom, one a layer. */
export interface Strand<Linked extends Link = Link> {
  readonly link: Linked;
  readonly cells: readonly string[];
  /** It goes from bottom to top. */
  readonly isBack: boolean;
}

export interface Layers<Linked extends Link = Link> {
  readonly layers: readonly (readonly Cell[])[];
  readonly strands: readonly Strand<Linked>[];
}

/** Each item below all earlier ones that it is joined with, whichever way. */
export function layersOf<Linked extends Link>(
  items: readonly Item[],
  links: readonly Linked[],
  widest: number,
): Layers<Linked> {
  const order = new Map(items.map(({ id }, place) => [id, place]));
  const placeOf = (id: string): number => order.get(id) ?? 0;
  const rows = split(ranked(items, links, placeOf), widest);
  const rowOf = new Map(rows.flatMap((row, index) => row.map(({ id }) => [id, index])));
  const degrees = new Map<string, number>();
  for (const { from, to } of links)
    for (const id of [from, to]) degrees.set(id, (degrees.get(id) ?? 0) + 1);
  const degree = (id: string): number => degrees.get(id) ?? 0;
  const passes = rows.map((): Map<string, Cell> => new Map());
  const strands = links.flatMap((link): readonly Strand<Linked>[] => {
    const isBack = placeOf(link.from) > placeOf(link.to);
    const [upper, lower] = isBack ? [link.to, link.from] : [link.from, link.to];
    const [first, last] = [rowOf.get(upper) ?? 0, rowOf.get(lower) ?? 0];
    if (first >= last) return [];
    const hub = degree(upper) >= degree(lower) ? upper : lower;
    const between = passes.slice(first + 1, last).map((known, index) => {
      const id = `${hub} passes ${first + 1 + index}`;
      known.set(id, { id, width: passWidth, height: 0, trunk: hub });
      return id;
    });
    return [{ link, cells: [upper, ...between, lower], isBack }];
  });
  const layers = rows.map((row, index) => {
    const items = row.map((item): Cell => ({ ...item, trunk: null }));
    return items.toSpliced(row.length >> 1, 0, ...(passes[index]?.values() ?? []));
  });
  return { layers, strands };
}

/** By the longest way to each. An item stands after all that it hangs on, so one look at each is enough. */
function ranked(
  items: readonly Item[],
  links: readonly Link[],
  placeOf: (id: string) => number,
): readonly (readonly Item[])[] {
  const joined = links.flatMap(({ from, to }) => [
    { id: from, other: to },
    { id: to, other: from },
  ]);
  const earlier = Map.groupBy(
    joined.filter(({ id, other }) => placeOf(other) < placeOf(id)),
    ({ id }) => id,
  );
  const ranks = new Map<string, number>();
  for (const { id } of items) {
    const above = (earlier.get(id) ?? []).map(({ other }) => ranks.get(other) ?? 0);
    ranks.set(id, Math.max(-1, ...above) + 1);
  }
  const rows = Map.groupBy(items, ({ id }) => ranks.get(id) ?? 0);
  return [...rows].toSorted(([left], [right]) => left - right).map(([, row]) => row);
}

/** What makes a row too wide goes on in the next. */
function split(rows: readonly (readonly Item[])[], widest: number): readonly (readonly Item[])[] {
  return rows.flatMap((row) => {
    const whole = row.reduce((sum, { width }) => sum + width + beside, -beside);
    const share = whole / Math.ceil(whole / widest);
    const parts: Item[][] = [];
    let used = Infinity;
    for (const item of row) {
      if (used >= share || used + item.width > widest) {
        parts.push([]);
        used = 0;
      }
      parts.at(-1)?.push(item);
      used += item.width + beside;
    }
    return parts;
  });
}
