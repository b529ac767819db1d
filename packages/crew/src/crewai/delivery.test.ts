import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Fields, fieldsOf, parsed } from "../reading/narrow.ts";
import { eventsOf, runsOf, shapeOf, toldBy } from "./recordings.fixture.ts";

const fieldsIn = (line: string): Fields => fieldsOf(parsed(line));

/** In the order of emission, which was told beside each event by a tap in the bus. */
const placeOf = (line: string): number => Number(fieldsOf(fieldsIn(line)["_rec"])["emit_n"]);
const asEmitted = (run: string): readonly string[] =>
  eventsOf(run).toSorted((one, other) => placeOf(one) - placeOf(other));

/**
 * Where not every order gives the same, and after which event. What follows an upset of CrewAI's own bookkeeping is only put right where it arrives after that,
 * and a flow is only known to go on, or a kickoff to have been restored, where its end came first.
 */
const upset: Readonly<
  Record<string, { readonly after: string; readonly next: "in order" | "later" }>
> = {
  "v1.15.30/c7-tool-failure-policy-raise": { after: "tool_usage_error", next: "in order" },
  "v1.15.30/e2-pydantic-conversion-retry": { after: "llm_call_failed", next: "in order" },
  "v1.15.30/r5-flow-pause-resume": { after: "flow_paused", next: "later" },
  "v1.15.30/x-checkpoint-restore": { after: "crew_kickoff_failed", next: "later" },
};

const shuffled = (lines: readonly string[]): fc.Arbitrary<readonly string[]> =>
  fc.shuffledSubarray([...lines], { minLength: lines.length });

/** Every order in which the threads of the bus can deliver what was emitted. */
function deliveries(run: string, emitted: readonly string[]): fc.Arbitrary<readonly string[]> {
  const rule = upset[run];
  if (rule === undefined) return shuffled(emitted);
  const cut = emitted.findIndex((line) => fieldsIn(line)["type"] === rule.after) + 1;
  const [before, after] = [emitted.slice(0, cut), emitted.slice(cut)];
  return fc
    .tuple(shuffled(before), rule.next === "later" ? shuffled(after) : fc.constant(after))
    .map((parts) => parts.flat());
}

describe.each(runsOf("v1.15.30"))("the events of %s", (run) => {
  const emitted = asEmitted(run);
  const shape = shapeOf(toldBy(emitted));

  test("amount to the same as they arrived", () => {
    expect(shapeOf(toldBy(eventsOf(run)))).toEqual(shape);
  });

  test("amount to the same in whatever order they arrive", () => {
    fc.assert(
      fc.property(deliveries(run, emitted), (arrived) => {
        expect(shapeOf(toldBy(arrived))).toEqual(shape);
      }),
      { numRuns: 8, endOnFailure: true },
    );
  });
});
