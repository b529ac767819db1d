import { costReportOf } from "../cost-report.ts";
import type { CostReport } from "../report.ts";
import type { PathSpan } from "./path-span.ts";

/** What all visits of a node, or all runs of a graph, come to. */
export interface Figures {
  readonly visits: number;
  /** That of the last visit; null: there was none. */
  readonly status: PathSpan["status"] | null;
  /** How many ended so; all others ended well. */
  readonly failed: number;
  readonly cancelled: number;
  readonly suspended: number;
  /** How many were never seen to end. */
  readonly open: number;
  /** One after another, as far as it is known; null: of none. */
  readonly durationMs: number | null;
  /** How much of it was not timed: nobody knows when it began or ended. */
  readonly untimed: number;
  /** Everything in them. */
  readonly modelCalls: number;
  readonly toolCalls: number;
  readonly cost: CostReport;
  /** False: of some call only snapshots of a growing number were seen. */
  readonly usageFinal: boolean;
}

/** Of the spans that were visited, and of all that lies in them, themselves included. `timed`: what ran, where one visit ran in pieces. */
export function figuresOf(
  tops: readonly PathSpan[],
  contents: readonly PathSpan[],
  timed: readonly PathSpan[] = tops,
): Figures {
  const ended = (status: PathSpan["status"]): number =>
    countOf(tops, (top) => top.status === status);
  const durations = timed.flatMap(({ start, end }) =>
    start === null || end === null ? [] : [end - start],
  );
  return {
    visits: tops.length,
    status: tops.at(-1)?.status ?? null,
    failed: ended("error"),
    cancelled: ended("cancelled"),
    suspended: ended("suspended"),
    open: ended("open") + ended("abandoned"),
    durationMs: durations.length === 0 ? null : durations.reduce((sum, one) => sum + one, 0),
    untimed: timed.length - durations.length,
    modelCalls: countOf(contents, ({ kind }) => kind === "model"),
    toolCalls: countOf(contents, ({ kind }) => kind === "tool"),
    cost: costReportOf(contents.map(({ cost }) => cost)),
    usageFinal: contents.every(({ usageFinal }) => usageFinal),
  };
}

const countOf = (spans: readonly PathSpan[], isCounted: (span: PathSpan) => boolean): number =>
  spans.filter(isCounted).length;
