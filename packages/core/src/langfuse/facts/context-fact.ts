import type { ContextDifference } from "../../vocabulary/event.ts";
import { object, type Form } from "./form.ts";

/** Of the context of a call: how many messages it has, and where only what was added to the one before of the same agent goes out, how it goes on from that. */
export interface ContextFact {
  readonly count: number;
  readonly since?: SinceFact;
}

/** The first `keep` messages of the one before stand, `cut` after them do not, and behind the rest come those that were `added`. */
export interface SinceFact {
  readonly keep: number;
  readonly cut: number;
  readonly added: number;
}

/** `isShort`: only what was added goes out. */
export function contextFactOf(
  { keep, cut, count, add }: ContextDifference,
  isShort: boolean,
): ContextFact {
  return isShort && typeof add !== "string"
    ? { count, since: { keep, cut, added: add.length } }
    : { count };
}

export const contextForm: Form<ContextFact> = object(
  ({ count, since }) => ({ count, ...since }),
  ({ count, keep, cut, added }) => {
    if (!isCount(count)) return null;
    return isCount(keep) && isCount(cut) && isCount(added)
      ? { count, since: { keep, cut, added } }
      : { count };
  },
);

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;
