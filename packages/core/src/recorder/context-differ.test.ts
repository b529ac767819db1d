import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as say from "../testing-kit/drafts.ts";
import { record } from "../testing-kit/recording.ts";
import type { ContentRef, ContextDifference } from "../vocabulary/event.ts";
import { difference } from "./context-differ.ts";

/** Few different messages, so that lists repeat themselves in many ways. */
const messages = fc
  .array(fc.constantFrom("a", "b"), { maxLength: 12 })
  .map((letters) => letters as readonly string[] as readonly ContentRef[]);

test("a difference leads from one list to the other, and no other one of its kind adds less", () => {
  fc.assert(
    fc.property(messages, messages, (before, after) => {
      const { keep, cut, add } = difference(before, after);
      expect([...before.slice(0, keep), ...before.slice(keep + cut), ...add]).toEqual(after);
      for (let kept = 0; kept <= before.length - keep; kept += 1) {
        const tail = before.slice(before.length - kept);
        if (after.slice(keep, keep + kept).join() === tail.join())
          expect(add.length).toBeLessThanOrEqual(after.length - keep - kept);
      }
    }),
    { numRuns: 2_000 },
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
        const context = event.type === "model.started" ? event.context : undefined;
        const { from, add, count } = context as ContextDifference;
        sinceFull = from === null ? 0 : sinceFull + add.length;
        expect(sinceFull).toBeLessThanOrEqual(count);
      }
    }),
    { numRuns: 1_000 },
  );
});
