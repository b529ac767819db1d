import { expect, test } from "vitest";
import type { JsonValue } from "../../vocabulary/json.ts";
import { story } from "../drafts.fixture.ts";
import { recordedSession } from "../hand-recorded.fixture.ts";
import { contextsOf } from "./contexts.ts";

const said = (content: string): JsonValue => ({ role: "user", content });
const look: JsonValue = { role: "assistant", content: "Let me look." };

/** Of the last of these, each sent in a turn of its own. */
function firstTurns(...sent: readonly (readonly JsonValue[])[]): readonly (number | null)[] {
  const told = story();
  for (const [turn, messages] of sent.entries()) {
    told.turn(`t${turn}`, "go");
    told.call(`m${turn}`, `t${turn}`, "done", { context: { messages } });
  }
  const { view, content } = recordedSession(told.drafts);
  const report = contextsOf(view, content).report({ turn: sent.length - 1 });
  return report?.messages?.map(({ firstTurn }) => firstTurn) ?? [];
}

test("a message takes its turn along while others are added", () => {
  const first = [said("a"), look];
  expect(firstTurns(first, [...first, said("b")], [...first, said("b"), look])).toEqual([
    0, 0, 1, 2,
  ]);
});

test("what is said again after a compaction began there, whatever turn the same words were said in before", () => {
  const before = [said("a"), look, said("b"), look, said("c"), look, said("d")];
  const compacted = [said("summary"), look, said("d")];
  expect(firstTurns(before, compacted)).toEqual([1, 0, 0]);
  expect(firstTurns(before, compacted, [...compacted, look])).toEqual([1, 0, 0, 2]);
});

test("where nobody can tell whether a message stayed or was said again, its turn is unknown", () => {
  const before = [said("a"), look, said("b"), look, said("c"), look];
  expect(firstTurns(before, [said("summary"), look, said("d")])).toEqual([1, null, 1]);
});
