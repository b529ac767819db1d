import { isRecord } from "@spoor/core";
import type { Usage } from "@spoor/core";
import { fieldsOf, numberOf } from "../narrow.ts";
import { counterUsage, fell, isNothing, riseOf } from "../reduction/usage.ts";
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
export function cumulative(result: ClaudeMessage, before: Readings): Readings {
  const now = readingsOf(result.modelUsage);
  return now.size === 0 ? before : now;
}

/**
 * What was used since the result before, model by model: as the framework says it, else as its cumulative counter rose. A counter that
 * fell in any bucket was reset, and shows only what came after.
 */
export function usedSince(result: ClaudeMessage, before: Readings): Readings {
  if (isRecord(result.model_usage_since_last_result)) {
    return readingsOf(result.model_usage_since_last_result);
  }
  const now = readingsOf(result.modelUsage);
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
