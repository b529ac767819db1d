import type { Instrument } from "./instrument.ts";
import type { Labels } from "./labels.ts";

/** One value of one thing. What is not known is no measurement. */
export interface Measurement {
  readonly instrument: Instrument;
  readonly value: number;
  readonly labels: Labels;
}

/** None where the value is unknown, or no number that can be added up. */
export function measured(
  instrument: Instrument,
  value: number | null,
  labels: Labels,
): readonly Measurement[] {
  return value === null || !Number.isFinite(value) || value < 0
    ? []
    : [{ instrument, value, labels }];
}
