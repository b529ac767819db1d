/** A clock that stands until it is moved. */
export interface ManualClock {
  /** Milliseconds since the epoch. Bound: it can be handed over as it is, as the `clock` of an observer, a recorder or an exporter. */
  readonly now: () => number;
  /** Forward only: a clock that goes back is what a test says on purpose, with `set`. */
  readonly advance: (ms: number) => void;
  readonly set: (ms: number) => void;
}

/** Moves no timers: what waits for real, waits. */
export function manualClock(startMs: number = Date.UTC(2026, 0, 1)): ManualClock {
  let time = startMs;
  return {
    now: () => time,
    advance(ms) {
      if (!(ms >= 0)) throw new RangeError(`cannot advance a clock by ${ms} ms, use set`);
      time += ms;
    },
    set(ms) {
      time = ms;
    },
  };
}
