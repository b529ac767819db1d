import * as fc from "fast-check";
import { expect, test } from "vitest";
import { consistencyProof, verifyConsistency } from "../merkle/consistency.ts";
import { type Hash, emptyRoot } from "../merkle/hash.ts";
import { inclusionProof, verifyInclusion } from "../merkle/inclusion.ts";
import { countingLeaves, nodesOver } from "../merkle/leaves.fixture.ts";
import { treeRoot } from "../merkle/node-reader.ts";
import { type Frontier, emptyFrontier, extendFrontier, readFrontier, rootOf } from "./frontier.ts";
import { tilesBetween } from "./tile-coordinates.ts";
import { tilePath } from "./tile-path.ts";
import { tiledNodes } from "./tiled-nodes.ts";
import { TileShelf } from "./tiles.fixture.ts";

const square = 256 * 256;
const leaves = countingLeaves(square + 300);
const read = nodesOver(leaves);

/** A tree that has grown through these sizes, with all tiles that it left on the way. */
function grown(...sizes: readonly number[]): { frontier: Frontier; shelf: TileShelf } {
  const shelf = new TileShelf();
  let frontier = emptyFrontier;
  for (const size of sizes) {
    const growth = extendFrontier(frontier, leaves.slice(frontier.size, size));
    shelf.write(growth.tiles);
    frontier = growth.frontier;
  }
  return { frontier, shelf };
}

test("leaf by leaf, the frontier has the root of every size, and its tiles lead back to it", () => {
  const shelf = new TileShelf();
  let frontier = emptyFrontier;
  expect(rootOf(frontier)).toBe(emptyRoot);
  for (let size = 1; size <= 1_100; size += 1) {
    const growth = extendFrontier(frontier, leaves.slice(size - 1, size));
    shelf.write(growth.tiles);
    ({ frontier } = growth);
    expect(rootOf(frontier)).toBe(treeRoot(size, read));
    expect(readFrontier(size, shelf)).toEqual(frontier);
  }
});

test("however a tree has grown, it is the same tree, and leaves the tiles that it must", () => {
  const growth = fc.array(fc.integer({ min: 0, max: 1_500 }), { minLength: 2, maxLength: 5 });
  fc.assert(
    fc.property(growth, (sizes) => {
      const steps = sizes.toSorted((left, right) => left - right);
      const [before = 0, size = 0] = steps.slice(-2);
      const { frontier, shelf } = grown(...steps);
      expect(frontier).toEqual(grown(size).frontier);
      expect(rootOf(frontier)).toBe(treeRoot(size, read));
      expect(readFrontier(size, shelf)).toEqual(frontier);
      const { tiles } = extendFrontier(readFrontier(before, shelf), leaves.slice(before, size));
      expect(tiles.map(tilePath)).toEqual([...tilesBetween(before, size)].map(tilePath));
    }),
    { numRuns: 50 },
  );
});

test("a frontier that is extended stays what it was", () => {
  const { frontier } = grown(700);
  const before = structuredClone(frontier);
  extendFrontier(frontier, leaves.slice(700, 1_000));
  expect(frontier).toEqual(before);
});

test("proofs from tiles are the proofs from leaves, at every size to 1,100", () => {
  const { shelf } = grown(...Array.from({ length: 1_101 }, (_, size) => size));
  const wrong: string[] = [];
  for (let size = 1; size <= 1_100; size += 1) {
    const tiled = tiledNodes(size, shelf);
    for (const index of [size - 1, (size * 31 + 5) % size])
      if (String(inclusionProof(index, size, tiled)) !== String(inclusionProof(index, size, read)))
        wrong.push(`${index} of ${size}`);
    for (const old of [Math.ceil(size / 3)])
      if (String(consistencyProof(old, size, tiled)) !== String(consistencyProof(old, size, read)))
        wrong.push(`${old} to ${size}`);
  }
  expect(wrong).toEqual([]);
});

test("around 256 and 256 squared, tiles prove every kind of place", () => {
  const around = [256, square].flatMap((edge) =>
    [-2, -1, 0, 1, 2, 255, 257].map((by) => edge + by),
  );
  for (const size of around) {
    const { shelf } = grown(size);
    const head = { size, root: treeRoot(size, read) };
    const tiled = tiledNodes(size, shelf);
    expect(treeRoot(size, tiled)).toBe(head.root);
    const places = [
      0,
      1,
      255,
      256,
      257,
      511,
      size - 257,
      size - 256,
      size - 255,
      size - 2,
      size - 1,
    ];
    for (const index of places.filter((place) => place >= 0 && place < size)) {
      const proof = inclusionProof(index, size, tiled);
      expect(proof).toEqual(inclusionProof(index, size, read));
      expect(verifyInclusion({ leaf: leaves[index] as Hash, index, proof }, head)).toBe(true);
      if (index === 0) continue;
      const consistency = consistencyProof(index, size, tiled);
      expect(consistency).toEqual(consistencyProof(index, size, read));
      const older = { size: index, root: treeRoot(index, read) };
      expect(verifyConsistency(older, head, consistency)).toBe(true);
    }
  }
});
