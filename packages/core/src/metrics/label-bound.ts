import { names, ownNames } from "../otlp/encode/conventions.ts";
import { labelNames, type Labels } from "./labels.ts";
import type { Measurement } from "./measurement.ts";

/** How many different things may be told apart. */
export interface Cardinality {
  /** Values of one label, over all instruments. Default: 100. */
  readonly values?: number;
  /** Combinations of values of one instrument. Default: 2000. */
  readonly series?: number;
}

/** Stands for all that came when there was no more room. */
const other = "_other";

/** Their values are few, and the same for everybody. */
const closed: ReadonlySet<string> = new Set<string>([
  labelNames.tokenModality,
  labelNames.tokenType,
  names.operationName,
  ownNames.kind,
  ownNames.status,
]);

/**
 * Keeps the number of series within limits, whatever agents, tools and models are called: first come, first named. What was named once is named
 * the same ever after.
 */
export class LabelBound {
  readonly #limits: Required<Cardinality>;
  readonly #values: Map<string, Set<string>> = new Map();
  readonly #series: Map<string, Set<string>> = new Map();

  constructor({ values = 100, series = 2_000 }: Cardinality = {}) {
    this.#limits = { values, series };
  }

  bounded(measurement: Measurement): Measurement {
    const { instrument, labels } = measurement;
    const named = labels.map(([name, value]) => [name, this.#valueOf(name, value)] as const);
    const series = setOf(this.#series, instrument.name);
    return {
      ...measurement,
      labels: admits(series, seriesOf(named), this.#limits.series) ? named : asOther(named),
    };
  }

  #valueOf(name: string, value: string): string {
    if (closed.has(name)) return value;
    return admits(setOf(this.#values, name), value, this.#limits.values) ? value : other;
  }
}

export const seriesOf = (labels: Labels): string => JSON.stringify(labels);

const asOther = (labels: Labels): Labels =>
  labels.map(([name, value]) => [name, closed.has(name) ? value : other]);

function admits(known: Set<string>, value: string, limit: number): boolean {
  if (known.has(value)) return true;
  if (known.size >= limit) return false;
  known.add(value);
  return true;
}

function setOf(sets: Map<string, Set<string>>, name: string): Set<string> {
  const known = sets.get(name) ?? new Set();
  sets.set(name, known);
  return known;
}
