import type { Io } from "../io.ts";
import { progressLine } from "./progress-line.ts";

const everyMs = 100;
const eraseLine = "\r\u001B[2K";

/** Shows how far an import is. */
export interface ProgressBar {
  readonly show: (bytes: number) => void;
  /** What is printed then stands where it stood. */
  readonly clear: () => void;
}

export const hiddenBar: ProgressBar = { show: () => {}, clear: () => {} };

/** On a terminal only. */
export function progressBar({ stderr, now }: Io, ofBytes: number): ProgressBar {
  if (stderr.isTTY !== true) return hiddenBar;
  const begunAt = now();
  let shownAt = -Infinity;
  return {
    show: (bytes) => {
      const at = now();
      if (at - shownAt < everyMs) return;
      shownAt = at;
      const line = progressLine({ bytes, ofBytes, elapsedMs: at - begunAt });
      stderr.write(`${eraseLine}${line.slice(0, (stderr.columns ?? 80) - 1)}`);
    },
    clear: () => {
      if (shownAt !== -Infinity) stderr.write(eraseLine);
    },
  };
}
