/** Where on a line a time lies. Lengths are in milliseconds of shown time, or in steps where there are no times. */
export interface Axis {
  readonly length: number;
  at(ms: number): number;
  /** Stretches in which nothing ran, drawn shorter than they were. */
  readonly folds: readonly Fold[];
}

export interface Fold {
  readonly from: number;
  readonly to: number;
  /** How long it really was. */
  readonly ms: number;
}

export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** As the clock went. */
export function clockAxis(work: readonly Interval[]): Axis {
  const start = work.reduce((least, interval) => Math.min(least, interval.start), Infinity);
  const end = work.reduce((most, interval) => Math.max(most, interval.end), -Infinity);
  return {
    length: Math.max(1, end - start),
    at: (ms) => ms - (Number.isFinite(start) ? start : 0),
    folds: [],
  };
}

const shortestFold = 1_000;

/** The same without the long stretches in which nothing ran: each of them is a narrow band. */
export function workingAxis(work: readonly Interval[]): Axis {
  const busy = unionOf(work);
  const busyMs = busy.reduce((sum, { start, end }) => sum + end - start, 0);
  const threshold = Math.max(shortestFold, busyMs * 0.05);
  const band = Math.max(busyMs * 0.01, 1);
  const pieces: Piece[] = [];
  let at = 0;
  for (const [index, { start, end }] of busy.entries()) {
    const before = busy[index - 1];
    if (before) {
      const gap = start - before.end;
      const shown = gap > threshold ? band : gap;
      pieces.push({ start: before.end, at, shown, real: gap });
      at += shown;
    }
    pieces.push({ start, at, shown: end - start, real: end - start });
    at += end - start;
  }
  return {
    length: Math.max(1, at),
    at: (ms) => positionIn(pieces, ms),
    folds: pieces
      .filter(({ real, shown }) => real > shown)
      .map(({ at: from, shown, real }) => ({ from, to: from + shown, ms: real })),
  };
}

interface Piece {
  readonly start: number;
  readonly at: number;
  readonly shown: number;
  readonly real: number;
}

function positionIn(pieces: readonly Piece[], ms: number): number {
  let [low, high] = [0, pieces.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((pieces[middle]?.start ?? 0) <= ms) low = middle;
    else high = middle - 1;
  }
  const piece = pieces[low];
  if (!piece) return 0;
  const share = piece.real === 0 ? 0 : Math.min(1, Math.max(0, (ms - piece.start) / piece.real));
  return piece.at + share * piece.shown;
}

function unionOf(work: readonly Interval[]): readonly Interval[] {
  const union: { start: number; end: number }[] = [];
  for (const { start, end } of work.toSorted((left, right) => left.start - right.start)) {
    const last = union.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else union.push({ start, end });
  }
  return union;
}
