import { answerOf } from "../answer-of.ts";
import type { WayName } from "./ways.ts";

export interface SampleOrder {
  readonly way: WayName;
  readonly warmUpTurns: number;
  readonly turns: number;
  readonly scratch: string;
}

export interface Sample {
  /** Microseconds by the clock until an event is acknowledged. */
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds by the clock that an application waits before it answers; null: not at all. */
  readonly flush: { readonly p50: number; readonly p99: number } | null;
  /** The longest time, in milliseconds, for which the event loop did something else between two turns. */
  readonly longestPause: number;
  /** Microseconds of processor time an event, of all threads, until all is written, sealed and closed. */
  readonly spent: number;
  /** Bytes on disk an event. */
  readonly bytes: number;
}

const file = new URL("sample-process.ts", import.meta.url);

export const takeSample = (order: SampleOrder): Promise<Sample> =>
  answerOf(file, order) as Promise<Sample>;
