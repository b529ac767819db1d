/** Two figures at most: `7ms`, `1.2s`, `3m 05s`, `16h 22m`, `9 days`. */
export function durationText(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)}ms`;
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)}s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}m ${padded(seconds % 60)}s`;
  const minutes = Math.round(ms / 60_000);
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)}h ${padded(minutes % 60)}m`;
  return `${Math.round(minutes / 60 / 24)} days`;
}

const padded = (value: number): string => String(value).padStart(2, "0");

/**
 * Between two times of a report; a question mark where one of them is unknown, or where they were read off clocks that do not agree, a tilde where one was
 * reasoned, not read off a clock.
 */
export function durationBetween(
  startedAt: string | null,
  endedAt: string | null,
  isInferred: boolean = false,
): string {
  if (startedAt === null || endedAt === null) return "?";
  const ms = Date.parse(endedAt) - Date.parse(startedAt);
  if (ms < 0) return "?";
  const text = durationText(ms);
  return isInferred ? `~${text}` : text;
}
