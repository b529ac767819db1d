/** What a clock says; NaN where it throws. */
export function toldBy(clock: () => number): number {
  try {
    return clock();
  } catch {
    return Number.NaN;
  }
}

/**
 * Time that never runs back: where its clock is set back, it goes on from where it was. `least`: what it is at least by now, as somebody else has told.
 * Where the clock says no time, it stands still.
 */
export function steadyTime(clock: () => number): (least: number) => number {
  let offset = 0;
  let latest = Number.NEGATIVE_INFINITY;
  return (least) => {
    const told = toldBy(clock);
    latest = Math.max(latest, least);
    if (!Number.isFinite(told)) return latest;
    offset = Math.max(offset, latest - told);
    latest = told + offset;
    return latest;
  };
}
