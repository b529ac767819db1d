const bars = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";
const unknown = "\u00B7";
const nothing = " ";

/** A curve in so many columns at most: what lies in one column together by `join`; a dot where nothing is known, a gap where there is nothing. */
export function sparkline(
  values: readonly (number | null)[],
  columns: number,
  join: (known: readonly number[]) => number,
): string {
  const joined = inColumns(values, columns).map((some) => {
    const known = some.filter((value) => value !== null);
    return known.length === 0 ? null : join(known);
  });
  const most = joined.reduce<number>((left, right) => Math.max(left, right ?? 0), 0);
  return joined
    .map((value) => {
      if (value === null) return unknown;
      if (value <= 0) return nothing;
      return bars[Math.ceil((value / most) * bars.length) - 1];
    })
    .join("");
}

function inColumns<Value>(
  values: readonly Value[],
  columns: number,
): readonly (readonly Value[])[] {
  const count = Math.min(columns, values.length);
  const edge = (column: number): number => Math.round((column * values.length) / count);
  return Array.from({ length: count }, (_, column) => values.slice(edge(column), edge(column + 1)));
}

export const greatest = (known: readonly number[]): number =>
  known.reduce((left, right) => Math.max(left, right), 0);

export const total = (known: readonly number[]): number =>
  known.reduce((left, right) => left + right, 0);
