import { setTimeout as sleep } from "node:timers/promises";

export type Pause = (ms: number) => Promise<void>;

/** Waits as long as the real thing would, times `pace`: 0 does not wait at all. */
export function pauseAt(pace: number): Pause {
  return async (ms) => {
    if (pace > 0) await sleep(ms * pace);
  };
}
