import type { EventDraft } from "@spoor/core";
import * as fc from "fast-check";
import { arbitraryPlan } from "./arbitrary-plan.ts";
import { tell } from "./telling.ts";

export interface SessionOptions {
  /** Default: `session`. */
  readonly session?: string;
}

/**
 * A session as a causal adapter tells it: turns with nested work, calls with their tools side by side, retries inside and beside a call,
 * interruptions and what goes on from them, usage that comes late or grows, and a second witness. Any span may never be seen to end. Shrinks to
 * one turn in which nothing happens.
 */
export function arbitrarySession({ session = "session" }: SessionOptions = {}): fc.Arbitrary<
  readonly EventDraft[]
> {
  return arbitraryPlan.map((plan) => tell(plan, session));
}

/** A first part of it, which may be nothing or all: what is left when a process is killed or a file is torn. */
export function cut<Item>(whole: fc.Arbitrary<readonly Item[]>): fc.Arbitrary<readonly Item[]> {
  return fc.tuple(whole, fc.nat()).map(([items, at]) => items.slice(0, at % (items.length + 1)));
}

/** All of it, in any order: how events of several lanes, or of a file that is read twice, may be read. */
export function shuffled<Item>(
  whole: fc.Arbitrary<readonly Item[]>,
): fc.Arbitrary<readonly Item[]> {
  return whole.chain((items) =>
    fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length }),
  );
}
