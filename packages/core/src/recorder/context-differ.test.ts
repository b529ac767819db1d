import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as say from "../testing-kit/drafts.ts";
import { record } from "../testing-kit/recording.ts";
import { runs } from "../testing-kit/runs.ts";
import type { AgentEvent, ContextDifference } from "../vocabulary/event.ts";

const contextOf = (event: AgentEvent | undefined): ContextDifference => {
  if (event?.type !== "model.started" || !event.context) throw new Error("no context");
  return event.context;
};

/** Few different messages, so that lists repeat themselves in many ways. */
const letters = fc.array(fc.constantFrom("a", "b"), { maxLength: 12 });

test("a difference adds less than any other that keeps as much of the beginning", () => {
  fc.assert(
    fc.property(letters, letters, (before, after) => {
      const { events } = record([
        say.model("before", "turn", { context: { messages: before } }),
        say.model("after", "turn", { context: { messages: after } }),
      ]);
      const { from, keep, cut, add } = contextOf(events[1]);
      if (from === null) return;
      expect(before.slice(0, keep)).toEqual(after.slice(0, keep));
      expect(before[keep] === after[keep] && keep < before.length).toBe(false);
      for (let kept = 0; kept <= before.length - keep; kept += 1)
        if (after.slice(keep, keep + kept).join() === before.slice(before.length - kept).join())
          expect(add.length).toBeLessThanOrEqual(after.length - keep - kept);
      expect(before.length - cut + add.length).toBe(after.length);
    }),
    { numRuns: runs(2_000) },
  );
});

test("a full context is said as soon as the differences since the last one outweigh it", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(sizes, fc.nat(3), (counts, kept) => {
      let fresh = 0;
      const all = counts.map((count, index) => {
        const shared = Array.from({ length: kept }, (_, place) => `shared ${place}`);
        const own = Array.from({ length: count }, () => `fresh ${(fresh += 1)}`);
        return say.model(`${index}`, "turn", { context: { messages: [...shared, ...own] } });
      });
      let sinceFull = 0;
      for (const event of record(all).events) {
        const { from, add, count } = contextOf(event);
        sinceFull = from === null ? 0 : sinceFull + add.length;
        expect(sinceFull).toBeLessThanOrEqual(count);
      }
    }),
    { numRuns: runs(1_000) },
  );
});
