import { answerOf } from "../answer-of.ts";
import type { Mode } from "./agent.ts";
import type { WayName } from "./ways.ts";

export interface SampleOrder {
  readonly way: WayName;
  readonly mode: Mode;
  readonly warmUp: number;
  readonly turns: number;
  readonly scratch: string;
}

/** All but the last two a turn. */
export interface Sample {
  /** Milliseconds of processor time, exporting included. */
  readonly spent: number;
  readonly elapsed: number;
  /** Bytes that are still referred to after a flush. */
  readonly retained: number;
  /** Bytes over the wire. */
  readonly sent: number;
  /** The share of the spans that arrived; NaN where none are sent. */
  readonly delivered: number | null;
  /** How many one turn has where nothing is lost. */
  readonly spans: number;
}

const file = new URL("sample-process.ts", import.meta.url);

export const takeSample = (order: SampleOrder): Promise<Sample> =>
  answerOf(file, order) as Promise<Sample>;
