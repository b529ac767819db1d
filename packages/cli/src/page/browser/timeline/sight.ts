/** The part of the axis that can be seen. */
export interface Sight {
  readonly from: number;
  readonly to: number;
}

const most = 20_000;

/** Closer (factor below 1) or further away, so that what lies at `around` stays where it is; never beyond the ends. */
export function zoomed(sight: Sight, length: number, factor: number, around: number): Sight {
  const width = Math.min(length, Math.max(length / most, (sight.to - sight.from) * factor));
  const share = (around - sight.from) / (sight.to - sight.from);
  return within({ from: around - share * width, to: around + (1 - share) * width }, length);
}

export function moved(sight: Sight, length: number, by: number): Sight {
  return within({ from: sight.from + by, to: sight.to + by }, length);
}

function within({ from, to }: Sight, length: number): Sight {
  const width = Math.min(length, to - from);
  const start = Math.min(Math.max(0, from), length - width);
  return { from: start, to: start + width };
}

/** So that an interval can be seen with some room around it; unchanged where it can already. */
export function showing(sight: Sight, length: number, from: number, to: number): Sight {
  if (from < sight.to && to > sight.from) return sight;
  const width = sight.to - sight.from;
  const middle = (from + Math.min(to, from + width)) / 2;
  return within({ from: middle - width / 2, to: middle + width / 2 }, length);
}

/** An interval, filling most of what can be seen. */
export function fitting(length: number, from: number, to: number): Sight {
  const room = Math.max((to - from) * 0.1, length / most);
  return within({ from: from - room, to: to + room }, length);
}
