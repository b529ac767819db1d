import { expect, test } from "vitest";
import * as say from "../testing-kit/drafts.ts";
import { record } from "../testing-kit/recording.ts";
import type { EventDraft } from "../vocabulary/event.ts";
import { createRunTree } from "./run-tree.ts";

const at = (ms: number) => ({ at: { ms } });

/** What is given up of what is still open when all of it was told; what has ended leaves before. */
function givenUp(...drafts: readonly EventDraft[]) {
  const tree = createRunTree();
  for (const event of record(drafts, { recording: true }).events) {
    tree.apply(event);
    for (const _ of tree.settled(Number.POSITIVE_INFINITY));
  }
  return Array.from(
    tree.abandoned(() => true),
    ({ key, endedAt, inferred, status }) => {
      expect(status).toBe("abandoned");
      return { key, endedAt, inferred };
    },
  );
}

test("what is given up ended with the last that was told of it or under it, also where that has left already", () => {
  const spans = givenUp(
    say.turn("turn", at(1)),
    say.work("step", "turn", at(2)),
    say.tool("tool", "step", at(3)),
    say.ended("tool", "tool", at(9)),
    say.tool("deep", "tool", at(4)),
    say.handoff("turn", "mark", at(5)),
  );
  const inferred = ["endedAt"];
  expect(spans).toEqual([
    { key: "deep", endedAt: 4, inferred },
    { key: "step", endedAt: 9, inferred },
    { key: "turn", endedAt: 9, inferred },
  ]);
});

test("where nobody told any time, nobody knows the end", () => {
  expect(givenUp(say.turn("turn"))).toEqual([{ key: "turn", endedAt: null, inferred: [] }]);
});

test("where nobody told when it began, both its times are inferred", () => {
  const spans = givenUp(say.turn("turn"), say.handoff("turn", "mark", at(5)));
  expect(spans).toEqual([{ key: "turn", endedAt: 5, inferred: ["startedAt", "endedAt"] }]);
});
