import * as fc from "fast-check";
import type { EventDraft } from "../vocabulary/event.ts";
import { amend, close, handoff, open, report } from "./drafts.fixture.ts";
import type { Family } from "./problem.ts";

/** A turn with work in it, as a causal adapter tells it: openings before what is in them, any closing missing. */
export const nestedSession: fc.Arbitrary<readonly EventDraft[]> = fc
  .tuple(
    fc.array(fc.tuple(fc.constantFrom<Family>("work", "model", "tool"), fc.nat(), fc.nat()), {
      maxLength: 12,
    }),
    fc.boolean(),
  )
  .map(([steps, twice]) => {
    const stack: { readonly family: Family; readonly key: string }[] = [
      { family: "turn", key: "turn" },
    ];
    const drafts: EventDraft[] = [open("turn", "turn"), amend("turn", { alias: "also the turn" })];
    for (const [index, [family, climb, extras]] of steps.entries()) {
      const leaving = stack.splice(Math.max(1, stack.length - (climb % 3)));
      for (const { family, key } of leaving.toReversed())
        if (extras % 5 > 0) drafts.push(close(family, key));
      const key = `${family} ${index}`;
      drafts.push(open(family, key, stack.at(-1)?.key));
      if (twice) drafts.push(open(family, key, "turn", "hook"));
      if (family === "model") drafts.push(report(key, "call"));
      if (extras % 3 === 0) drafts.push(handoff(key), handoff("also the turn"));
      stack.push({ family, key });
    }
    for (const { family, key } of stack.toReversed()) drafts.push(close(family, key));
    return [...drafts, report("turn", "total")];
  });

/** Anything about a few keys: mostly wrong. */
export const anything: fc.Arbitrary<readonly EventDraft[]> = fc.array(
  fc
    .tuple(
      fc.constantFrom<Family>("turn", "work", "model", "tool"),
      fc.constantFrom("a", "b", "c", "d"),
      fc.constantFrom("a", "b", "c", "d"),
    )
    .chain(([family, key, other]) =>
      fc.constantFrom<EventDraft>(
        open(family, key, other),
        open(family, key, other, "hook"),
        open(family, key),
        close(family, key),
        handoff(key),
        report(key, "call"),
        report(key, "total"),
        amend(key, { alias: other }),
        amend(key, { parent: other }),
      ),
    ),
  { maxLength: 16 },
);
