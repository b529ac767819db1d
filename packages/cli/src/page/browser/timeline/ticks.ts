const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Steps that people count time in. */
const steps = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map((ms) => ms),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 4, 6, 12].map((count) => count * hour),
];

/** The first round step that is no smaller. */
export function roundTime(rough: number): number {
  return steps.find((step) => step >= rough) ?? Math.ceil(rough / day) * day;
}

/** One, two or five of a power of ten, and at least one. */
export function roundCount(rough: number): number {
  const size = 10 ** Math.floor(Math.log10(Math.max(1, rough)));
  return [1, 2, 5, 10].map((factor) => factor * size).find((step) => step >= rough) ?? size * 10;
}

/** How far it is from the beginning, without what is nought: 2h, 1h 30m, 45s. */
export function tickText(ms: number): string {
  if (ms < second) return ms === 0 ? "0" : `${ms}ms`;
  const parts = [
    [day, "d"],
    [hour, "h"],
    [minute, "m"],
    [second, "s"],
  ] as const;
  let left = Math.round(ms);
  const told = parts.flatMap(([size, unit]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count === 0 ? [] : [`${count}${unit}`];
  });
  return left > 0 && told.length < 2 ? `${(ms / second).toFixed(1)}s` : told.slice(0, 2).join(" ");
}
