import { answerOf } from "../answer-of.ts";
import type { WayName } from "./ways.ts";

export interface BurstOrder {
  readonly way: WayName;
  readonly requests: number;
  readonly scratch: string;
}

export interface Burst {
  /** All but those of the requests themselves. */
  readonly spans: number;
  /** Requests all of whose graph's spans are in their trace. */
  readonly inTheirTrace: number;
  /** Requests that have their graph, and nothing else, right beneath them. */
  readonly asOneTree: number;
}

const file = new URL("burst-process.ts", import.meta.url);

export const takeBurst = (order: BurstOrder): Promise<Burst> =>
  answerOf(file, order) as Promise<Burst>;
