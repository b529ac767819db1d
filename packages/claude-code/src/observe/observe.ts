import type { Recorder } from "@spoor/core";
import { hearingOf } from "./hearing.ts";
import { StreamRecording } from "./stream-recording.ts";
import { watchedIteration } from "./watched-iteration.ts";

/** Of each recorder, the queries that it observes: the application's and ours. */
const observed: WeakMap<Recorder, WeakMap<object, object>> = new WeakMap();

/**
 * The same query, recorded as the application reads it: use it in place of the original. It adds nothing to what the agent does and takes nothing
 * away, every method works, messages and errors are the very same objects, and nothing is awaited in between. A query that is observed
 * already is recorded once. Never throws: what cannot be recorded is counted in the observer's health.
 */
export function observe<Query extends object>(query: Query, observer: Recorder): Query {
  const known = observed.get(observer) ?? new WeakMap<object, object>();
  observed.set(observer, known);
  const before = known.get(query);
  if (before !== undefined) return before as Query;
  const watched = watchedIteration(query, new StreamRecording(hearingOf(observer)));
  known.set(query, watched);
  known.set(watched, watched);
  return watched;
}
