import { isRecord } from "../../vocabulary/json.ts";

/** Where a step stood in a graph that goes on in supersteps: all of one superstep run side by side, and the next begins after the last of them. */
export interface StepPlace {
  readonly superstep: number;
  /** The steps that it waited for, where the framework names them. */
  readonly waitedFor?: readonly string[];
}

/**
 * Reads it off what a framework said beside the vocabulary, which has no word for it: a whole number `step`, and `triggers` of which one may be
 * `join:<names>:<step>`. Null where that is not said so; nothing else depends on it.
 */
export function stepPlace(native: unknown, name: string): StepPlace | null {
  const superstep = isRecord(native) ? native["step"] : undefined;
  if (!isRecord(native) || typeof superstep !== "number" || !Number.isSafeInteger(superstep))
    return null;
  const triggers = Array.isArray(native["triggers"]) ? native["triggers"] : [];
  const waitedFor = triggers.flatMap((trigger) => namesJoined(trigger, name));
  return waitedFor.length === 0 ? { superstep } : { superstep, waitedFor };
}

const prefix = "join:";

function namesJoined(trigger: unknown, name: string): readonly string[] {
  const suffix = `:${name}`;
  if (typeof trigger !== "string" || !trigger.startsWith(prefix) || !trigger.endsWith(suffix))
    return [];
  return trigger.slice(prefix.length, -suffix.length).split("+");
}
