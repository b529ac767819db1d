import type { Cell, Layers, Strand } from "./layers.ts";

type Rows = readonly (readonly Cell[])[];

/** Which cells a cell is joined with, in the layer above and in the layer below. */
export interface Neighbours {
  readonly above: ReadonlyMap<string, readonly string[]>;
  readonly below: ReadonlyMap<string, readonly string[]>;
}

export function neighboursIn(strands: readonly Strand[]): Neighbours {
  const joined = new Map<string, readonly [string, string]>();
  for (const { cells } of strands)
    for (const [index, lower] of cells.entries()) {
      const upper = cells[index - 1];
      if (upper !== undefined) joined.set(`${upper}\n${lower}`, [upper, lower]);
    }
  const above = new Map<string, string[]>();
  const below = new Map<string, string[]>();
  for (const [upper, lower] of joined.values()) {
    above.set(lower, [...(above.get(lower) ?? []), upper]);
    below.set(upper, [...(below.get(upper) ?? []), lower]);
  }
  return { above, below };
}

const sweeps = 12;

/** The order in each layer in which lines cross least, as far as sweeps by the median of what a cell is joined with find it. */
export function inBestOrder({ layers }: Layers, neighbours: Neighbours): Rows {
  let best = layers;
  let fewest = crossings(best, neighbours);
  let rows = layers;
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep += 1) {
    rows = swept(rows, neighbours, sweep % 2 === 0);
    const found = crossings(rows, neighbours);
    if (found < fewest) [best, fewest] = [rows, found];
  }
  return best;
}

function swept(rows: Rows, { above, below }: Neighbours, isDown: boolean): Rows {
  const sorted: (readonly Cell[])[] = [];
  let fixed: ReadonlyMap<string, number> = new Map();
  for (const row of isDown ? rows : rows.toReversed()) {
    const next = sorted.length === 0 ? row : byMedian(row, isDown ? above : below, fixed);
    fixed = new Map(next.map(({ id }, place) => [id, place]));
    sorted.push(next);
  }
  return isDown ? sorted : sorted.toReversed();
}

/** What is joined with nothing stays where it stands. */
function byMedian(
  row: readonly Cell[],
  joined: ReadonlyMap<string, readonly string[]>,
  fixed: ReadonlyMap<string, number>,
): readonly Cell[] {
  return row
    .map((cell, place) => {
      const places = (joined.get(cell.id) ?? []).flatMap((id) => fixed.get(id) ?? []);
      return { cell, median: medianOf(places) ?? place };
    })
    .toSorted((left, right) => left.median - right.median)
    .map(({ cell }) => cell);
}

function medianOf(places: readonly number[]): number | null {
  const sorted = places.toSorted((left, right) => left - right);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** Counted in the time of a sort: how many pairs of lines between two layers stand the other way round below. */
function crossings(rows: Rows, { below }: Neighbours): number {
  return rows.reduce((sum, row, index) => {
    const places = new Map(rows[index + 1]?.map(({ id }, place) => [id, place]));
    const ends = row.flatMap(({ id }) =>
      (below.get(id) ?? []).flatMap((lower) => places.get(lower) ?? []).toSorted((a, b) => a - b),
    );
    return sum + inversions(ends, places.size);
  }, 0);
}

function inversions(ends: readonly number[], size: number): number {
  const seen = Array.from({ length: size + 1 }, () => 0);
  let found = 0;
  for (const [count, end] of ends.entries()) {
    let notAfter = 0;
    for (let at = end + 1; at > 0; at -= at & -at) notAfter += seen[at] ?? 0;
    found += count - notAfter;
    for (let at = end + 1; at <= size; at += at & -at) seen[at] = (seen[at] ?? 0) + 1;
  }
  return found;
}
