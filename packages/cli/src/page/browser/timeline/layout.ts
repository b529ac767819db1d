import type { PageSpan, Place } from "../../page-data.ts";
import type { SessionModel } from "../model/session-model.ts";
import type { AxisName } from "../state.ts";
import { type Axis, clockAxis, type Interval, workingAxis } from "./axis.ts";
import { type Lane, laneRows } from "./lanes.ts";

/** A span as a bar. */
export interface Bar {
  readonly span: Place;
  readonly from: number;
  readonly to: number;
  /** From the top of the whole timeline. */
  readonly row: number;
  /** Nobody saw it end. */
  readonly isOpen: boolean;
}

/** Where everything lies, before anybody zooms. */
export interface TimelineLayout {
  readonly axis: Axis;
  readonly name: AxisName;
  /** In the order of the spans. */
  readonly bars: readonly Bar[];
  readonly barOf: ReadonlyMap<Place, Bar>;
  readonly lanes: readonly Lane[];
  readonly rows: number;
  /** Spans that have no place here, because nobody told when they were. */
  readonly untimed: number;
}

/** Without times for most of the spans there is only their order. Where the session mostly waited, the waiting is left out. */
export function usualAxis({ data }: SessionModel): AxisName {
  const timed = data.spans.filter(({ start }) => start !== undefined);
  const spread = new Set(timed.map(({ start }) => start)).size;
  if (timed.length < data.spans.length / 2 || (spread < 2 && data.spans.length > 2)) return "order";
  const work = workIn(data.spans);
  return workingAxis(work).length < clockAxis(work).length / 2 ? "working" : "time";
}

export function timelineLayout(model: SessionModel, name: AxisName): TimelineLayout {
  const { spans } = model.data;
  const { axis, intervals } = name === "order" ? inOrder(model) : inTime(spans, name);
  const { rowOf, lanes, rows } = laneRows(model, intervals);
  const bars = spans.flatMap((told, span): readonly Bar[] => {
    const interval = intervals[span];
    if (!interval) return [];
    const { start: from, end: to } = interval;
    return [
      { span, from, to, row: rowOf[span] ?? 0, isOpen: told.end === undefined && name !== "order" },
    ];
  });
  return {
    axis,
    name,
    bars,
    barOf: new Map(bars.map((bar) => [bar.span, bar])),
    lanes,
    rows,
    untimed: spans.length - bars.length,
  };
}

type Intervals = readonly (Interval | null)[];

function inTime(spans: readonly PageSpan[], name: AxisName): { axis: Axis; intervals: Intervals } {
  const work = workIn(spans);
  const known = name === "working" ? workingAxis(work) : clockAxis(work);
  const isOpen = spans.some(({ start, end }) => start !== undefined && end === undefined);
  const axis = isOpen ? { ...known, length: known.length * beyondNow } : known;
  return {
    axis,
    intervals: spans.map(({ start, end }) =>
      start === undefined
        ? null
        : { start: axis.at(start), end: end === undefined ? axis.length : axis.at(end) },
    ),
  };
}

/** What is open goes on beyond the last time that anybody told, so that it is seen even where it began with that. */
const beyondNow = 1.05;

/** When something was really done: by what has nothing below it, which is what others wait for. */
function workIn(spans: readonly PageSpan[]): readonly Interval[] {
  const parents = new Set(spans.map(({ parent }) => parent));
  const timed = spans.flatMap(({ start, end }, place) =>
    start === undefined ? [] : [{ start, end: end ?? start, isLeaf: !parents.has(place) }],
  );
  const ends = timed.flatMap(({ start, end, isLeaf }) =>
    isLeaf
      ? [{ start, end }]
      : [
          { start, end: start },
          { start: end, end },
        ],
  );
  return ends;
}

/** One step for each span that has nothing below it; what has, spans what is below. */
function inOrder({ data, childrenOf }: SessionModel): { axis: Axis; intervals: Intervals } {
  const { spans } = data;
  const starts = new Float64Array(spans.length);
  const ends = new Float64Array(spans.length);
  let step = 0;
  for (const [place] of spans.entries()) {
    starts[place] = step;
    if (childrenOf(place).length === 0) step += 1;
    ends[place] = step;
  }
  for (let place = spans.length - 1; place >= 0; place -= 1) {
    const parent = spans[place]?.parent;
    if (parent === undefined) continue;
    ends[parent] = Math.max(ends[parent] ?? 0, ends[place] ?? 0);
    starts[parent] = Math.min(starts[parent] ?? 0, starts[place] ?? 0);
  }
  return {
    axis: { length: Math.max(1, step), at: (position) => position, folds: [] },
    intervals: spans.map((_, place) => ({ start: starts[place] ?? 0, end: ends[place] ?? 0 })),
  };
}
