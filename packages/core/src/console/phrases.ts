import type { At } from "../vocabulary/event.ts";
import type { Usage } from "../vocabulary/usage.ts";

/** What stands for anything that nobody knows. */
const unknown = "?";

const two = (value: number): string => String(value).padStart(2, "0");

/** Short, and no more exact than a person can use. */
export function duration(ms: number): string {
  const seconds = ms / 1_000;
  if (ms < 999.5) return `${Math.round(ms)}ms`;
  if (seconds < 59.95) return `${seconds.toFixed(1)}s`;
  const whole = Math.round(seconds);
  if (whole < 3_600) return `${Math.floor(whole / 60)}m${two(whole % 60)}s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)}h${two(minutes % 60)}m`;
}

/** As a column that is read downwards: tenths of a second all the way. */
export function position(ms: number): string {
  return ms < 59_950 ? `${(ms / 1_000).toFixed(1)}s` : duration(ms);
}

/** From one time to another; a tilde where one of them was only reasoned. Less than nothing is two clocks, which say nothing. */
export function between(
  start: At | null,
  end: At | null,
  spell: (ms: number) => string = duration,
): string {
  if (start === null || end === null || end.ms < start.ms) return unknown;
  return `${start.inferred || end.inferred ? "~" : ""}${spell(end.ms - start.ms)}`;
}

const count = (tokens: number | null): string =>
  tokens === null ? unknown : tokens.toLocaleString("en-US");

/** Everything that went in, whatever cache it came from, and everything that came out. */
export function tokens(usage: Usage | null): string {
  const { input, cacheRead, cacheWrite, output } = usage ?? {
    input: null,
    cacheRead: null,
    cacheWrite: null,
    output: null,
  };
  const all = input === null ? null : input + (cacheRead ?? 0) + (cacheWrite ?? 0);
  const cached = cacheRead !== null && cacheRead > 0 ? ` (${count(cacheRead)} cached)` : "";
  return `${count(all)} in${cached}, ${count(output)} out`;
}
