import { describeAdapter } from "@spoor/testing";
import * as fc from "fast-check";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { autogen } from "../adapter.ts";
import {
  draftsOf,
  folder,
  linesOf,
  packedRuns,
  runs,
  type Told,
  toldBy,
} from "./recorded.fixture.ts";

describeAdapter(autogen, { fixtures: folder });

describe.each(packedRuns)("the spans of %s", (run) => {
  test("amount to the reviewed tree", async () => {
    const { trees } = toldBy(draftsOf(linesOf(run)));
    await expect(trees).toMatchFileSnapshot(join(folder, "more", `${run}.tree.txt`));
  });
});

/** What every order of lines has to agree on. */
const shapeOf = ({ sessions }: Told): unknown =>
  sessions.map(({ id, spans }) => ({
    id,
    spans: spans
      .map(({ kind, name, key, agent, model, usage, parentSpanId }) => {
        const parent = spans.find(({ spanId }) => spanId === parentSpanId)?.key ?? null;
        return JSON.stringify({ kind, name, key, agent, model, usage, parent });
      })
      .toSorted(),
  }));

/**
 * What is told of these rests on the order of ending: which run a message without a task is the first of, which team was there before the one inside
 * it.
 */
const inOrderOnly: ReadonlySet<string> = new Set([
  "t07b-nested-team-as-participant",
  "t08-external-termination",
]);
/** A call that two instrumentations tell of is named by the one that was told of first. */
const twiceTold = "t02c-roundrobin-openinference";
const short = runs.filter((run) => linesOf(run).length < 60);

function anyOrderOf(run: string, check: (told: Told, inOrder: Told) => void): void {
  const lines = linesOf(run);
  const inOrder = toldBy(draftsOf(lines));
  const order = fc.shuffledSubarray([...lines], { minLength: lines.length });
  fc.assert(
    fc.property(order, (shuffled) => {
      check(toldBy(draftsOf(shuffled)), inOrder);
    }),
    { numRuns: 3 },
  );
}

test.each(short.filter((run) => !inOrderOnly.has(run) && run !== twiceTold))(
  "the spans of %s amount to the same in any order",
  (run) => {
    anyOrderOf(run, (told, inOrder) => expect(shapeOf(told)).toEqual(shapeOf(inOrder)));
  },
);

test.each(short)(
  "the spans of %s use the same in any order, and claim no more to be all",
  (run) => {
    anyOrderOf(run, ({ input, output, complete }, inOrder) => {
      expect([input, output]).toEqual([inOrder.input, inOrder.output]);
      expect(complete && !inOrder.complete).toBe(false);
    });
  },
);

test.each(runs)("the parts of %s, each in a request or many in one, say the same", (run) => {
  const lines = linesOf(run);
  const requests = lines.map((line) => JSON.parse(line).resourceSpans);
  const one = JSON.stringify({ resourceSpans: requests.flat() });
  expect(draftsOf([one])).toEqual(draftsOf(lines));
});
