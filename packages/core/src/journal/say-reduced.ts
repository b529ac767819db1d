import type { DraftOf } from "../vocabulary/event.ts";
import type { Tail } from "./journal.ts";
import type { Reduced, SayReduced } from "./reduction.ts";

/** Where it is said. */
export interface Lane {
  readonly name: string;
  readonly tail: () => Tail;
  readonly clock: () => number;
}

/** What goes, and on whose behalf. */
export type About = Pick<DraftOf<"record.reduced">, "what" | "why" | "segment">;

/** Without a recorder nothing can be said, so nothing goes. */
export function saidByNobody(): void {}

/** Says of each session what goes of it. Throws where that could not be recorded. */
export function sayReduced(
  say: SayReduced,
  { name, tail, clock }: Lane,
  { sessions, reason }: Reduced,
  about: About,
): void {
  for (const session of sessions) {
    const { sequence } = tail();
    say({
      type: "record.reduced",
      session,
      source: "journal",
      on: null,
      mark: `reduced@${name}/${sequence + 1}`,
      at: { ms: clock() },
      ...about,
      ...(reason === undefined ? {} : { reason }),
    });
    if (tail().sequence === sequence)
      throw new Error(`what goes of ${session} could not be said in the record, so it stays`);
  }
}
