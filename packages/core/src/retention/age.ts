/** How long ago: so many minutes, hours, days, weeks, or years of 365 days; as a number, milliseconds. */
export type Age = number | `${number}${"m" | "h" | "d" | "w" | "y"}`;

const minute = 60_000;
const units: ReadonlyMap<string, number> = new Map([
  ["m", minute],
  ["h", 60 * minute],
  ["d", 24 * 60 * minute],
  ["w", 7 * 24 * 60 * minute],
  ["y", 365 * 24 * 60 * minute],
]);

/** In milliseconds; null: no age. */
export function ageInMs(said: unknown): number | null {
  const ms = typeof said === "string" ? msIn(said) : said;
  return typeof ms === "number" && Number.isSafeInteger(ms) && ms >= 0 ? ms : null;
}

function msIn(text: string): number | null {
  const [, count, unit = ""] = /^(\d+)([a-z])$/.exec(text) ?? [];
  const length = units.get(unit);
  return count === undefined || length === undefined ? null : Number(count) * length;
}
