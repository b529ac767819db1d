import { addUsage, isRecord, unknownUsage } from "@spoor/core";
import type { Usage } from "@spoor/core";
import { fieldsOf, numberOf } from "../narrow.ts";
import { callUsage, counterUsage, fell, isNothing, isUnknown, riseOf } from "../reduction/usage.ts";
import type { ClaudeMessage } from "./native.ts";

/** What a counter shows for one model. */
export interface Reading {
  readonly usage: Usage;
  readonly usd: number | undefined;
  /** What the provider searched for, which has a price of its own. */
  readonly webSearches: number | undefined;
}
export type Readings = ReadonlyMap<string, Reading>;

export const noReadings: Readings = new Map();

function readingsOf(value: unknown): Readings {
  return new Map(
    Object.entries(fieldsOf(value)).map(([model, shown]) => [
      model,
      {
        usage: counterUsage(shown),
        usd: numberOf(fieldsOf(shown)["costUSD"]),
        webSearches: numberOf(fieldsOf(shown)["webSearchRequests"]),
      },
    ]),
  );
}

/**
 * The session's counter at a result. A crashed process shows an empty one, which says nothing, so the one before stands.
 */
export function cumulative(result: ClaudeMessage, before: Readings | null): Readings | null {
  const now = readingsOf(result.modelUsage);
  return now.size === 0 ? before : now;
}

export interface Used {
  /** By model; null: nobody says of which. */
  readonly used: ReadonlyMap<string | null, Reading>;
  /** False: more may have been used. */
  readonly isKnown: boolean;
}

export const tellsSince = ({ model_usage_since_last_result: since }: ClaudeMessage): boolean =>
  isRecord(since);

/** What was used since the result before, model by model: as the framework says it, else as its cumulative counter rose. */
export function usedSince(
  result: ClaudeMessage,
  before: Readings | null,
  version: string | undefined,
): Used {
  if (tellsSince(result)) {
    return { used: readingsOf(result.model_usage_since_last_result), isKnown: true };
  }
  const now = readingsOf(result.modelUsage);
  if (before !== null) return { used: risesOf(now, before), isKnown: true };
  if (startsAnew(version)) return { used: risesOf(now, noReadings), isKnown: true };
  return usedAtFirst(result, now);
}

/**
 * The first reading of a process that may have been resumed, and then shows what was used before, too. Only what the turn's own lane used is
 * surely its own; where that is all, nothing came before.
 */
function usedAtFirst(result: ClaudeMessage, now: Readings): Used {
  const own = callUsage(result.usage);
  if (isUnknown(own)) return { used: risesOf(now, noReadings), isKnown: now.size === 0 };
  const shown = [...now.values()].map(({ usage }) => usage).reduce(addUsage, unknownUsage);
  if (isSameSum(own, shown)) return { used: risesOf(now, noReadings), isKnown: true };
  const [model = null, ...others] = now.keys();
  const reading = { usage: own, usd: undefined, webSearches: undefined };
  return { used: new Map([[others.length === 0 ? model : null, reading]]), isKnown: false };
}

/** In the buckets that both always tell. */
const isSameSum = (left: Usage, right: Usage): boolean =>
  (["input", "cacheRead", "cacheWrite", "output"] as const).every(
    (bucket) => (left[bucket] ?? 0) === (right[bucket] ?? 0),
  );

/** Until 2.1.277 a resumed process counted from zero. */
function startsAnew(version = ""): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  if (version === "" || major > 2) return false;
  return major < 2 || minor < 1 || (minor === 1 && patch < 277);
}

/** A counter that fell in any bucket was reset, and shows only what came after. */
function risesOf(now: Readings, before: Readings): Readings {
  const rises = new Map(
    [...now].map(([model, reading]) => [model, rise(reading, before.get(model))]),
  );
  const used = [...rises.values()].some(({ usage }) => fell(usage)) ? now : rises;
  return new Map([...used].filter(([, { usage }]) => !isNothing(usage)));
}

function rise(now: Reading, before: Reading | undefined): Reading {
  if (before === undefined) return now;
  return {
    usage: riseOf(now.usage, before.usage),
    usd: since(now.usd, before.usd),
    webSearches: since(now.webSearches, before.webSearches),
  };
}

const since = (now: number | undefined, before: number | undefined): number | undefined =>
  now === undefined ? undefined : now - (before ?? 0);
