import { Buffer } from "node:buffer";
import process from "node:process";
import { beforeAll, expect, test } from "vitest";
import { consistencyProof, verifyConsistency } from "../merkle/consistency.ts";
import { type Hash, leafHash, nodeHash } from "../merkle/hash.ts";
import { inclusionProof, verifyInclusion } from "../merkle/inclusion.ts";
import { type NodeReader, treeRoot } from "../merkle/node-reader.ts";
import { type Frontier, emptyFrontier, extendFrontier, rootOf } from "./frontier.ts";
import { encodeTile } from "./tile-bytes.ts";
import type { TileReader } from "./tile-reader.ts";
import { tiledNodes } from "./tiled-nodes.ts";

/** Where a level of tiles is full and the next one begins: with a soak the fourth, 16,777,216 entries deep. */
const edge = 256 ** (process.env["SPOOR_SOAK"] ? 3 : 2);
const sizes = [-257, -256, -1, 0, 1, 2, 255, 256, 257].map((more) => edge + more);
const mostMemory = 400 * 2 ** 20;
const patienceMs = 900_000;

const leafAt = (index: number): Hash => leafHash(Buffer.from(`entry ${index}`));

/** Hashes that tiles hold, from the second level of tiles up: leaves are made again when they are asked for. */
const levels: Hash[][] = [];
const tiles: TileReader = {
  read: ({ level, index, width }) => {
    const first = index * 256;
    if (level > 0) return encodeTile((levels[level] ?? []).slice(first, first + width));
    return encodeTile(Array.from({ length: width }, (_, place) => leafAt(first + place)));
  },
};

/** The tree as a binary counter: complete subtrees only, by no code of this room but the hashes. */
class Counter {
  readonly #subtrees: (Hash | undefined)[] = [];

  add(leaf: Hash): void {
    let hash = leaf;
    let level = 0;
    for (let left = this.#subtrees[0]; left !== undefined; left = this.#subtrees[level]) {
      hash = nodeHash(left, hash);
      this.#subtrees[level] = undefined;
      level += 1;
    }
    this.#subtrees[level] = hash;
  }

  root(): Hash | undefined {
    return this.#subtrees.reduce(
      (right, left) =>
        left === undefined ? right : right === undefined ? left : nodeHash(left, right),
      undefined,
    );
  }
}

const grownRoots = new Map<number, Hash>();
const countedRoots = new Map<number, Hash | undefined>();
let memory = 0;

beforeAll(() => {
  const before = process.resourceUsage().maxRSS;
  const counter = new Counter();
  let frontier: Frontier = emptyFrontier;
  for (const end of sizes)
    while (frontier.size < end) {
      const count = Math.min(4_096, end - frontier.size);
      const leaves = Array.from({ length: count }, (_, place) => leafAt(frontier.size + place));
      for (const leaf of leaves) counter.add(leaf);
      const growth = extendFrontier(frontier, leaves);
      for (const { level, index, hashes } of growth.tiles)
        if (level > 0) (levels[level] ??= []).splice(index * 256, 256, ...hashes);
      frontier = growth.frontier;
      if (frontier.size !== end) continue;
      grownRoots.set(end, rootOf(frontier));
      countedRoots.set(end, counter.root());
    }
  memory = (process.resourceUsage().maxRSS - before) * 1_024;
}, patienceMs);

const flipped = (hash: Hash): Hash => `${hash.startsWith("0") ? "1" : "0"}${hash.slice(1)}` as Hash;

test("a tree that grew over the edge of a level has the roots that its definition gives it", () => {
  expect(grownRoots).toEqual(countedRoots);
  for (const size of sizes)
    expect(treeRoot(size, tiledNodes(size, tiles))).toBe(countedRoots.get(size));
});

test("it grew in memory that its size has no part in", () => {
  expect(memory).toBeLessThan(mostMemory);
});

test.each(sizes)("inclusion in a tree of %i is shown, and nothing else is", (size) => {
  const head = { size, root: countedRoots.get(size) as Hash };
  const nodes: NodeReader = tiledNodes(size, tiles);
  const wanted = [0, 1, 255, 256, size >> 1, edge - 257, edge - 1, edge, size - 2, size - 1];
  for (const index of new Set(wanted.filter((place) => place < size))) {
    const leaf = leafAt(index);
    const proof = inclusionProof(index, size, nodes);
    expect(verifyInclusion({ leaf, index, proof }, head)).toBe(true);
    const forged = [
      { leaf: leafAt(index + 1), index, proof },
      { leaf, index: index ^ 1, proof },
      { leaf, index, proof: proof.slice(1) },
      { leaf, index, proof: [...proof, leaf] },
      ...proof.map((hash, place) => ({ leaf, index, proof: proof.with(place, flipped(hash)) })),
    ];
    for (const one of forged) expect(verifyInclusion(one, head)).toBe(false);
  }
});

test.each(sizes)(
  "that a tree of %i begins with smaller ones is shown, and nothing else is",
  (size) => {
    const newer = { size, root: countedRoots.get(size) as Hash };
    const nodes: NodeReader = tiledNodes(size, tiles);
    for (const oldSize of [1, 255, 256, 257, edge / 256, ...sizes].filter((one) => one < size)) {
      const older = { size: oldSize, root: treeRoot(oldSize, tiledNodes(oldSize, tiles)) };
      const proof = consistencyProof(oldSize, size, nodes);
      expect(verifyConsistency(older, newer, proof)).toBe(true);
      expect(verifyConsistency({ ...older, size: oldSize + 1 }, newer, proof)).toBe(false);
      expect(verifyConsistency({ ...older, root: flipped(older.root) }, newer, proof)).toBe(false);
      expect(verifyConsistency(older, newer, proof.slice(1))).toBe(false);
      for (const [place, hash] of proof.entries())
        expect(verifyConsistency(older, newer, proof.with(place, flipped(hash)))).toBe(false);
    }
  },
);
