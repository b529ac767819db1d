/** How far an import is: bytes read, and bytes that there are to read. */
export interface Progress {
  readonly bytes: number;
  readonly ofBytes: number;
  readonly elapsedMs: number;
}

const barCells = 24;
/** Before that a speed says nothing. */
const settledAfterMs = 500;

/** One line for a terminal: a bar, how much of how much, how fast, and how long it will take. */
export function progressLine({ bytes, ofBytes, elapsedMs }: Progress): string {
  const share = ofBytes === 0 ? 1 : Math.min(1, bytes / ofBytes);
  const filled = Math.round(share * barCells);
  const bar = "█".repeat(filled) + "░".repeat(barCells - filled);
  const percent = `${Math.floor(share * 100)} %`.padStart(5);
  const parts = [`${bar} ${percent}`, `${megabytes(bytes)} of ${megabytes(ofBytes)} MB`];
  if (elapsedMs >= settledAfterMs && bytes > 0) {
    const leftMs = (Math.max(0, ofBytes - bytes) * elapsedMs) / bytes;
    parts.push(`${megabytes((bytes / elapsedMs) * 1_000)} MB/s`, `${duration(leftMs)} left`);
  }
  return parts.join("   ");
}

const megabytes = (bytes: number): string =>
  (bytes / 1_000_000).toLocaleString("en", { maximumFractionDigits: bytes < 10_000_000 ? 1 : 0 });

function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  return seconds < 100 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
