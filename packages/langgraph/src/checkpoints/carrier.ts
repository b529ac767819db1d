import { type Carrier, extract, inject, isRecord } from "@spoor/core";
import type { Fields } from "../callbacks/native.ts";
import { memberOf } from "../callbacks/reading.ts";

/** The one name in a checkpoint's metadata that is not the application's. */
export const carrierKey = "spoor";

/** A copy with the trace context in it. What lies there already was put there by whoever audits around this one. */
export function withCarrier(metadata: unknown, carrier: Carrier | null): unknown {
  if (carrier === null || !isRecord(metadata) || Object.hasOwn(metadata, carrierKey))
    return metadata;
  return { ...metadata, [carrierKey]: inject({ carrier }, {}) };
}

/** Null: none, or nothing that can be read as one. */
export function carrierIn(metadata: Fields): Carrier | null {
  const lying = memberOf(metadata, carrierKey);
  return isRecord(lying) ? extract(lying).carrier : null;
}

/** The metadata, and a tuple that holds it, as the application knows it: what has nothing of ours in it is the very same object. */
export function withoutCarrier(tuple: unknown): unknown {
  const metadata = memberOf(tuple, "metadata");
  if (!isRecord(tuple) || !isRecord(metadata) || !Object.hasOwn(metadata, carrierKey)) return tuple;
  const { [carrierKey]: _, ...given } = metadata;
  return { ...tuple, metadata: given };
}
