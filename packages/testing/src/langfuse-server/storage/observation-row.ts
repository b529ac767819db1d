import type { Observation } from "../mapping/observation.ts";
import { spendingOf } from "../pricing/spending.ts";
import type { StoredObservation } from "./stored.ts";

/** How a batch came. */
export interface Arrival {
  readonly sdkName: string;
  readonly sdkVersion: string;
  readonly delayed: boolean;
}

/** Priced, and with what the columns make of its values. `counts`: whether the server counts tokens where nobody said any. */
export function observationRow(
  observation: Observation,
  arrival: Arrival,
  counts: boolean = true,
): StoredObservation {
  const { metadata, promptVersion, ...fields } = observation;
  return {
    ...fields,
    ...spendingOf(observation, counts),
    ...arrival,
    promptVersion: smallInteger(promptVersion),
    metadata: firstOfEach(metadata),
  };
}

/** Null where the column of 16 bits cannot hold it. */
function smallInteger(value: unknown): number | null {
  const number = Number.parseInt(String(value), 10);
  return number >= 0 && number <= 65_535 ? number : null;
}

function firstOfEach(
  entries: readonly (readonly [string, string])[],
): Readonly<Record<string, string>> {
  const named = new Map<string, string>();
  for (const [name, value] of entries) if (!named.has(name)) named.set(name, value);
  return Object.fromEntries(named);
}
