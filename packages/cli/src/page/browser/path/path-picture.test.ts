import { pathOf, type PathSpan } from "@spoor/core/report/text";
import { describe, expect, test } from "vitest";
import { mostVisited } from "./most-visited.ts";
import { nearest } from "./nearest.ts";
import { pictureOf } from "./path-picture.ts";
import type { Box, Picture } from "./picture.ts";

const spanOf = (told: Partial<PathSpan> & Pick<PathSpan, "id">): PathSpan => ({
  parent: "t",
  turn: 0,
  kind: "tool",
  name: told.id,
  status: "ok",
  start: null,
  end: null,
  causedBy: null,
  attempt: null,
  cost: { usd: null, reportedUsd: null, unpriced: 0, unpricedRests: 0 },
  usageFinal: true,
  step: null,
  chose: [],
  handedTo: [],
  ...told,
});

/** What is drawn of a turn that ran these. */
const drawn = (...told: readonly (Partial<PathSpan> & Pick<PathSpan, "id">)[]): Picture =>
  pictureOf(
    pathOf([spanOf({ id: "t", parent: null, kind: "turn", name: "turn" }), ...told.map(spanOf)]),
    (text) => text.length * 7,
    800,
  );

const boxOf = ({ boxes }: Picture, name: string): Box => {
  const found = boxes.find(({ node }) => node.name === name);
  if (!found) throw new Error(`expected a box ${name}`);
  return found;
};

const dollars = (usd: number): Pick<PathSpan, "cost"> => ({
  cost: { usd, reportedUsd: null, unpriced: 0, unpricedRests: 0 },
});

test("of too many nodes those that were visited most are drawn, and nothing that ran in the others", () => {
  const graphs = pathOf(
    [
      { id: "t", parent: null, kind: "turn" as const },
      ...["a", "b", "b", "c", "c"].map((name, index) => ({ id: String(index), name })),
      { id: "inner", kind: "agent" as const, parent: "0" },
      { id: "m", parent: "inner" },
    ].map(spanOf),
  );
  expect(graphs).toHaveLength(2);
  const shown = mostVisited(graphs, 2);
  expect(shown.map(({ nodes }) => nodes.map(({ name }) => name))).toEqual([
    ["start", "b", "c", "end"],
  ]);
  expect(shown[0]?.edges).toHaveLength(4);
});

describe("a picture of a path", () => {
  test("has a box for each node, and a line for each way", () => {
    const { boxes, lines } = drawn({ id: "a" }, { id: "b" });
    expect(boxes.map(({ node }) => node.name)).toEqual(["start", "a", "b", "end"]);
    expect(lines).toHaveLength(3);
  });

  test("what runs in a node is drawn within it, below what stands in it", () => {
    const picture = drawn(
      { id: "asks" },
      { id: "agent", kind: "agent", parent: "asks" },
      { id: "m", parent: "agent" },
    );
    const [outer, inner] = [boxOf(picture, "asks"), boxOf(picture, "m")];
    expect(outer.text.lines[0]).toBe("runs agent");
    expect(inner.x).toBeGreaterThan(outer.x);
    expect(inner.x + inner.width).toBeLessThan(outer.x + outer.width);
    expect(inner.y).toBeGreaterThan(outer.y + 40);
    expect(inner.y + inner.height).toBeLessThan(outer.y + outer.height);
  });

  test("several graphs in one node, and several in no node, lie below each other, each with its name", () => {
    const inside = drawn(
      { id: "asks" },
      { id: "one", kind: "agent", parent: "asks" },
      { id: "m", parent: "one" },
      { id: "other", kind: "agent", parent: "asks" },
      { id: "n", parent: "other" },
    );
    expect(inside.captions.map(({ text }) => text.name)).toEqual(["turn", "one", "other"]);
    const [m, n] = [boxOf(inside, "m"), boxOf(inside, "n")];
    expect(n.y).toBeGreaterThan(m.y + m.height + 40);
  });

  test("what leads from a node to itself leaves and returns on its right", () => {
    const picture = drawn({ id: "1", name: "again" }, { id: "2", name: "again" });
    const { x, width } = boxOf(picture, "again");
    const loop = picture.lines.find(({ edge }) => edge.from === edge.to);
    expect(loop?.points.at(0)?.x).toBe(x + width);
    expect(loop?.points.at(-1)?.x).toBe(x + width);
    expect(picture.width).toBeGreaterThan(x + width);
  });

  test("a share is of what the graph cost, of how long it ran where nobody knows a price, else unknown", () => {
    const priced = drawn({ id: "a", ...dollars(3) }, { id: "b", ...dollars(1) }, { id: "c" });
    expect(["a", "b", "c"].map((name) => boxOf(priced, name).share)).toEqual([0.75, 0.25, null]);
    const timed = drawn({ id: "a", start: 0, end: 1 }, { id: "b", start: 1, end: 5 });
    expect(["a", "b"].map((name) => boxOf(timed, name).share)).toEqual([0.2, 0.8]);
    expect(boxOf(drawn({ id: "a" }), "a").share).toBe(null);
  });

  test("arrows go to what is near in their direction, and nowhere where nothing is", () => {
    const picture = drawn(
      { id: "top", start: 0, end: 1 },
      { id: "left", start: 2, end: 9 },
      { id: "right", start: 2, end: 9 },
    );
    const boxes = picture.boxes.filter(({ node }) => node.spans.length > 0);
    const from = (name: string, direction: Parameters<typeof nearest>[2]): string | null =>
      nearest(boxes, boxOf(picture, name), direction)?.node.name ?? null;
    const [one, other] =
      boxOf(picture, "left").x < boxOf(picture, "right").x ? ["left", "right"] : ["right", "left"];
    expect(from(one, "ArrowRight")).toBe(other);
    expect(from(other, "ArrowLeft")).toBe(one);
    expect(from(one, "ArrowUp")).toBe("top");
    expect(from("top", "ArrowUp")).toBe(null);
  });
});
