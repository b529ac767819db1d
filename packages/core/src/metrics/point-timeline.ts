import type { Span } from "../run-tree/span.ts";
import type { Point, Series } from "./aggregation.ts";
import type { PointTimes } from "./encode.ts";
import type { Instrument } from "./instrument.ts";
import { seriesOf } from "./label-bound.ts";
import { type Stretch, stretchOf } from "./stretch.ts";

/** The times of deltas: each series goes on where its own last point ended, because who adds them up takes a gap for a new beginning. */
export class PointTimeline {
  /** As many as there are series, which are bounded. */
  readonly #ends: Map<string, number> = new Map();
  readonly #since: number;
  #before: Stretch | null = null;

  /** `since`: milliseconds since the epoch, before which nothing is told. */
  constructor(since: number) {
    this.#since = since;
  }

  /** Changes nothing: the same batch has the same times until `told` says that it has arrived. */
  timesOf(batch: readonly Span[], now: number): PointTimes & Stretch {
    const { start, end } = stretchOf(batch, {
      before: this.#before,
      since: this.#since,
      now,
    });
    return {
      start,
      end,
      startOf: (instrument, point) => this.#ends.get(keyOf(instrument, point)) ?? start,
    };
  }

  /** These have arrived. */
  told(series: readonly Series[], { start, end }: Stretch): void {
    for (const { instrument, points } of series)
      for (const point of points) this.#ends.set(keyOf(instrument, point), end);
    this.#before = { start, end };
  }
}

const keyOf = ({ name }: Instrument, { labels }: Point): string => `${name} ${seriesOf(labels)}`;
