import type { Place } from "../../page-data.ts";
import type { SessionModel } from "../model/session-model.ts";
import type { Interval } from "./axis.ts";

/** Rows that belong together: those of one agent. */
export interface Lane {
  readonly name: string;
  readonly firstRow: number;
  readonly rows: number;
}

export interface LaneRows {
  readonly rowOf: readonly number[];
  readonly lanes: readonly Lane[];
  readonly rows: number;
}

/** What no agent of its own does. */
const main = "main";

interface GrowingLane {
  readonly name: string;
  /** Where each row is free again. */
  readonly free: number[];
}

/**
 * Every agent has a lane; one that comes after another of its name uses the same. In a lane nothing covers anything: a span lies below
 * what it belongs to, in the first row that is free.
 */
export function laneRows(
  { data }: SessionModel,
  intervals: readonly (Interval | null)[],
): LaneRows {
  const { spans } = data;
  const lanes: GrowingLane[] = [{ name: main, free: [] }];
  const laneOf: number[] = [];
  const rowIn: number[] = [];
  for (const [place, told] of spans.entries()) {
    const interval = intervals[place] ?? { start: 0, end: 0 };
    const parent = told.parent;
    const above = parent === undefined ? 0 : (laneOf[parent] ?? 0);
    const isAgent = told.kind === "agent";
    const lane = isAgent ? laneFor(lanes, told.name, interval) : above;
    const lowest = parent === undefined || isAgent ? 0 : (rowIn[parent] ?? -1) + 1;
    laneOf[place] = lane;
    rowIn[place] = intervals[place] ? rowFor(lanes[lane]?.free ?? [], lowest, interval) : 0;
  }
  return stacked(lanes, laneOf, rowIn);
}

function laneFor(lanes: GrowingLane[], name: string, { start }: Interval): number {
  const known = lanes.findIndex(
    (lane, index) => index > 0 && lane.name === name && lane.free.every((end) => end <= start),
  );
  return known > 0 ? known : lanes.push({ name, free: [] }) - 1;
}

function rowFor(free: number[], lowest: number, { start, end }: Interval): number {
  let row = lowest;
  while (row < free.length && (free[row] ?? 0) > start) row += 1;
  while (free.length < row) free.push(-Infinity);
  free[row] = Math.max(end, free[row] ?? -Infinity);
  return row;
}

function stacked(
  growing: readonly GrowingLane[],
  laneOf: readonly Place[],
  rowIn: readonly number[],
): LaneRows {
  const lanes: Lane[] = [];
  const firstRows: number[] = [];
  /** Above each lane of several there is room for its name. */
  let rows = growing.filter(({ free }) => free.length > 0).length > 1 ? 1 : 0;
  for (const { name, free } of growing) {
    firstRows.push(rows);
    if (free.length === 0) continue;
    lanes.push({ name, firstRow: rows, rows: free.length });
    rows += free.length + 1;
  }
  const rowOf = rowIn.map((row, place) => row + (firstRows[laneOf[place] ?? 0] ?? 0));
  return { rowOf, lanes, rows: Math.max(1, rows - 1) };
}
