import { performance } from "node:perf_hooks";

/** Further apart than this, the two clocks have lost each other: the machine slept, or its time was set. */
const mostApartMs = 50;

/**
 * The time of day, finer than a millisecond, so that what happens in one keeps its order. The fine clock stands still while the machine sleeps
 * and does not follow when its time is set, so it is set anew by the coarse one.
 */
export function wallClock(
  coarse: () => number = Date.now,
  fine: () => number = () => performance.now(),
): () => number {
  let origin = coarse() - fine();
  return () => {
    const [now, told] = [coarse(), origin + fine()];
    if (Math.abs(now - told) <= mostApartMs) return told;
    origin += now - told;
    return now;
  };
}
