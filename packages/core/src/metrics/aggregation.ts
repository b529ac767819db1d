import { type Amount, type Cell, cellOf } from "./cell.ts";
import type { Instrument } from "./instrument.ts";
import { seriesOf } from "./label-bound.ts";
import type { Labels } from "./labels.ts";
import type { Measurement } from "./measurement.ts";

/** All that was measured of one thing with the same labels. */
export interface Point {
  readonly labels: Labels;
  readonly amount: Amount;
}

/** An instrument and its points, in the order in which each was first measured. */
export interface Series {
  readonly instrument: Instrument;
  readonly points: readonly Point[];
}

/** Adds measurements up. As large as there are series, whatever is added to it. */
export class Aggregation {
  readonly #highestForMs: number;
  readonly #cells: Map<Instrument, Map<string, { readonly labels: Labels; readonly cell: Cell }>> =
    new Map();

  /** `highestForMs`: how long a highest value stands. */
  constructor({ highestForMs }: { readonly highestForMs: number }) {
    this.#highestForMs = highestForMs;
  }

  add({ instrument, value, labels }: Measurement, now: number): void {
    this.#cell(instrument, labels).add(value, now);
  }

  /** What there is to tell now. */
  series(now: number): readonly Series[] {
    return Array.from(this.#cells, ([instrument, cells]) => ({
      instrument,
      points: [...cells.values()].flatMap(({ labels, cell }) => {
        const amount = cell.amount(now);
        return amount === null ? [] : [{ labels, amount }];
      }),
    })).filter(({ points }) => points.length > 0);
  }

  #cell(instrument: Instrument, labels: Labels): Cell {
    const cells = this.#cells.get(instrument) ?? new Map();
    this.#cells.set(instrument, cells);
    const key = seriesOf(labels);
    const known = cells.get(key);
    if (known) return known.cell;
    const cell = cellOf(instrument, this.#highestForMs);
    cells.set(key, { labels, cell });
    return cell;
  }
}
