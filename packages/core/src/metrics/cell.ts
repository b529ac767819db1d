import { Highest } from "./highest.ts";
import type { Instrument } from "./instrument.ts";

/** How values spread: one count more than the instrument has bounds, for what lies beyond the last. */
export interface Spread {
  readonly counts: readonly number[];
  readonly count: number;
  readonly sum: number;
  readonly least: number;
  readonly greatest: number;
}

export type Amount = { readonly value: number } | { readonly spread: Spread };

/** What was measured of one thing with the same labels. */
export interface Cell {
  add(value: number, now: number): void;
  /** Null: there is nothing to tell now. */
  amount(now: number): Amount | null;
}

/** `highestForMs`: how long a highest value stands. */
export function cellOf(instrument: Instrument, highestForMs: number): Cell {
  switch (instrument.kind) {
    case "counter":
      return counting();
    case "highest":
      return standing(new Highest(highestForMs));
    case "histogram":
      return spreading(instrument.bounds);
    default:
      return instrument satisfies never;
  }
}

function counting(): Cell {
  let sum = 0;
  return {
    add(value) {
      sum += value;
    },
    amount: () => ({ value: sum }),
  };
}

function standing(highest: Highest): Cell {
  return {
    add: (value, now) => highest.add(value, now),
    amount(now) {
      const value = highest.at(now);
      return value === null ? null : { value };
    },
  };
}

function spreading(bounds: readonly number[]): Cell {
  const counts = Array.from({ length: bounds.length + 1 }, () => 0);
  let [count, sum, least, greatest] = [0, 0, Infinity, -Infinity];
  return {
    add(value) {
      const bound = bounds.findIndex((upper) => value <= upper);
      const bucket = bound === -1 ? bounds.length : bound;
      counts[bucket] = (counts[bucket] ?? 0) + 1;
      count += 1;
      sum += value;
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    },
    amount: () => ({ spread: { counts: [...counts], count, sum, least, greatest } }),
  };
}
