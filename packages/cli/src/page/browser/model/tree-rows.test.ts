import { expect, test } from "vitest";
import type { PageSpan } from "../../page-data.ts";
import { pageOf, spanOf } from "./page.fixture.ts";
import { sessionModel } from "./session-model.ts";
import { nodeName, type TreeNode, treeRows } from "./tree-rows.ts";

const rowsOf = (
  spans: readonly PageSpan[],
  turns: number,
  isOpen: (node: TreeNode) => boolean = () => true,
) =>
  treeRows(sessionModel(pageOf(spans, turns)), isOpen).map(
    ({ node, level }) => `${level} ${nodeName(node)}`,
  );

test("a turn with one activation is drawn as one, its work below it", () => {
  const spans = [
    spanOf({ kind: "turn", turn: 0 }),
    spanOf({ parent: 0, turn: 0 }),
    spanOf({ parent: 1, turn: 0 }),
  ];
  expect(rowsOf(spans, 1)).toEqual(["1 turn 0", "2 span 1", "3 span 2"]);
});

test("of a turn with several activations each is drawn, one beside the other, with what was done in it", () => {
  const spans = [
    spanOf({ kind: "turn", turn: 0 }),
    spanOf({ parent: 0, turn: 0 }),
    spanOf({ kind: "turn", parent: 0, turn: 0 }),
    spanOf({ parent: 2, turn: 0 }),
  ];
  expect(rowsOf(spans, 1)).toEqual(["1 turn 0", "2 span 0", "3 span 1", "2 span 2", "3 span 3"]);
});

test("what lies in no turn comes last, and what hangs on another turn is at the top of its own", () => {
  const spans = [
    spanOf({ kind: "turn", turn: 0 }),
    spanOf({ kind: "turn", turn: 1 }),
    spanOf({ parent: 0, turn: 1 }),
    spanOf({}),
  ];
  expect(rowsOf(spans, 2)).toEqual(["1 turn 0", "1 turn 1", "2 span 2", "1 outside", "2 span 3"]);
});

test("what is closed hides what is in it", () => {
  const spans = [spanOf({ kind: "turn", turn: 0 }), spanOf({ parent: 0, turn: 0 })];
  expect(rowsOf(spans, 1, () => false)).toEqual(["1 turn 0"]);
});

test("a chain of ten thousand spans is drawn, however deep", () => {
  const chain = Array.from({ length: 10_000 }, (_, place) =>
    place === 0 ? spanOf({ kind: "turn", turn: 0 }) : spanOf({ parent: place - 1, turn: 0 }),
  );
  expect(rowsOf(chain, 1)).toHaveLength(10_000);
});
