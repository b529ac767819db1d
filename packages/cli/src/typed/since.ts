import { BadInput } from "../bad-input.ts";

const units: ReadonlyMap<string, number> = new Map([
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
  ["w", 604_800_000],
]);

/** A point in time: an ISO 8601 date or time, in UTC unless it names its zone, or how long ago (`90m`, `24h`, `7d`, `2w`). */
export function readSince(text: string, now: number): number {
  const ago = /^(\d+)([mhdw])$/.exec(text);
  if (ago) return now - Number(ago[1]) * (units.get(ago[2] ?? "") ?? 0);
  const ms = timeIn(text);
  if (ms === null)
    throw new BadInput(
      `--since takes a date (2026-01-31), a time (2026-01-31T08:00Z) or how long ago (90m, 24h, 7d), not ${text}`,
    );
  return ms;
}

const form =
  /^(?<day>\d{4}-\d{2}-\d{2})(?:[T ](?<time>\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(?<zone>Z|[+-]\d{2}:\d{2})?)?$/;

/** All that is printed is in UTC. Null where no calendar has it: `Date` takes the 30th of February for the 2nd of March. */
function timeIn(text: string): number | null {
  const { day = "", time = "00:00", zone = "Z" } = form.exec(text)?.groups ?? {};
  const midnight = Date.parse(`${day}T00:00Z`);
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(day)) return null;
  const ms = Date.parse(`${day}T${time}${zone}`);
  return Number.isNaN(ms) ? null : ms;
}
