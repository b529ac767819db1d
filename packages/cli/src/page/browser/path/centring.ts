import { beside, type Cell } from "./layers.ts";
import type { Neighbours } from "./ordering.ts";
import { apart } from "./apart.ts";

type Rows = readonly (readonly Cell[])[];

const sweeps = 10;
const passGap = 6;

/** Where the middle of each cell stands across: as near to what it is joined with as its row allows. The leftmost edge is 0. */
export function centresOf(rows: Rows, { above, below }: Neighbours): ReadonlyMap<string, number> {
  const trunks = Map.groupBy(rows.flat(), ({ trunk }) => trunk);
  const centres = new Map<string, number>();
  const settle = (row: readonly Cell[], wanted: (cell: Cell) => number): void => {
    const settled = apart(
      row.map((cell) => ({ wanted: wanted(cell), weight: weightOf(cell) })),
      row.slice(1).map((cell, index) => distance(row[index] ?? cell, cell)),
    );
    for (const [index, { id }] of row.entries()) centres.set(id, settled[index] ?? 0);
  };
  const nearTo = ({ id, trunk }: Cell, joined: readonly string[]): number => {
    const along = trunk === null ? [] : (trunks.get(trunk) ?? []).map((cell) => cell.id);
    const near = trunk === null ? joined : [trunk, ...along];
    return near.length === 0
      ? (centres.get(id) ?? 0)
      : near.reduce((sum, other) => sum + (centres.get(other) ?? 0), 0) / near.length;
  };
  for (const row of rows) settle(row, () => 0);
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const isDown = sweep % 2 === 0;
    const isLast = sweep >= sweeps - 2;
    for (const row of isDown ? rows : rows.toReversed())
      settle(row, (cell) => {
        const [over, under] = [above.get(cell.id) ?? [], below.get(cell.id) ?? []];
        return nearTo(cell, isLast ? [...over, ...under] : isDown ? over : under);
      });
  }
  const left = Math.min(...rows.flat().map(({ id, width }) => (centres.get(id) ?? 0) - width / 2));
  return new Map([...centres].map(([id, centre]) => [id, centre - left]));
}

/** Lines that pass insist, so that they run straight. */
const weightOf = ({ trunk }: Cell): number => (trunk === null ? 1 : 100);

/** Lines may pass close to each other. */
function distance(left: Cell, right: Cell): number {
  const lines = [left, right].filter(({ trunk }) => trunk !== null).length;
  const gap = [beside, beside / 2, passGap][lines] ?? beside;
  return (left.width + right.width) / 2 + gap;
}
