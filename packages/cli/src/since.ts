import { BadInput } from "./bad-input.ts";

const units: ReadonlyMap<string, number> = new Map([
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
  ["w", 604_800_000],
]);

/** A point in time: an ISO 8601 date or time, or how long ago (`90m`, `24h`, `7d`, `2w`). */
export function readSince(text: string, now: number): number {
  const ago = /^(\d+)([mhdw])$/.exec(text);
  if (ago) return now - Number(ago[1]) * (units.get(ago[2] ?? "") ?? 0);
  const ms = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms))
    throw new BadInput(
      `--since takes a date (2026-01-31), a time (2026-01-31T08:00Z) or how long ago (90m, 24h, 7d), not ${text}`,
    );
  return ms;
}
