import { setImmediate } from "node:timers/promises";

/** Reading is one long piece of work. Now and then it lets the process see to other things: a signal, above all. */
export interface Breather {
  /** Whether it is time. */
  readonly isDue: () => boolean;
  readonly breathe: () => Promise<void>;
}

const everyMs = 50;

export function createBreather(now: () => number): Breather {
  let last = now();
  return {
    isDue: () => now() - last >= everyMs,
    breathe: async () => {
      await setImmediate();
      last = now();
    },
  };
}
