import { Buffer } from "node:buffer";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { consistencyProof, verifyConsistency } from "../merkle/consistency.ts";
import { type Hash, leafHash, nodeHash } from "../merkle/hash.ts";
import { inclusionProof, verifyInclusion } from "../merkle/inclusion.ts";
import { treeRoot } from "../merkle/node-reader.ts";
import { emptyFrontier, extendFrontier, readFrontier, rootOf } from "./frontier.ts";
import { encodeTile } from "./tile-bytes.ts";
import { completeRoot, tiledNodes } from "./tiled-nodes.ts";
import type { TileReader } from "./tile-reader.ts";

/** A log that says the same thing for ever: all tiles of a level are alike, so it can have any size without being stored. */
const leaf = leafHash(Buffer.from("again"));
const fullTiles: (readonly Hash[])[] = [];
for (let hash = leaf; fullTiles.length < 7; hash = completeRoot(fullTiles.at(-1) ?? []))
  fullTiles.push(Array.from({ length: 256 }, () => hash));

const reader: TileReader = {
  read: ({ level, width }) => encodeTile((fullTiles[level] ?? []).slice(0, width)),
};

const beyond32Bits = fc.integer({ min: 2 ** 32 - 2, max: Number.MAX_SAFE_INTEGER });

test("a tree of 2^53 - 1 entries is proven with no more than 53 hashes", () => {
  const size = Number.MAX_SAFE_INTEGER;
  const nodes = tiledNodes(size, reader);
  const head = { size, root: treeRoot(size, nodes) };
  const proof = inclusionProof(size - 1, size, nodes);
  expect(proof).toHaveLength(52);
  expect(verifyInclusion({ leaf, index: size - 1, proof }, head)).toBe(true);
  expect(inclusionProof(0, size, nodes)).toHaveLength(53);
});

test("where 32 bits do not hold a size, proofs still verify, and only as they are", () => {
  fc.assert(
    fc.property(beyond32Bits, fc.double({ min: 0, max: 1, noNaN: true }), (size, share) => {
      const index = Math.max(1, Math.min(size - 1, Math.floor(size * share)));
      const nodes = tiledNodes(size, reader);
      const head = { size, root: treeRoot(size, nodes) };
      const proof = inclusionProof(index, size, nodes);
      expect(verifyInclusion({ leaf, index, proof }, head)).toBe(true);
      expect(verifyInclusion({ leaf, index, proof: proof.slice(1) }, head)).toBe(false);
      const older = { size: index, root: treeRoot(index, nodes) };
      const consistency = consistencyProof(index, size, nodes);
      expect(verifyConsistency(older, head, consistency)).toBe(true);
      expect(verifyConsistency(older, { ...head, root: nodeHash(leaf, leaf) }, consistency)).toBe(
        false,
      );
    }),
    { numRuns: 30 },
  );
});

test("a large tree goes on from its few partial tiles", () => {
  fc.assert(
    fc.property(
      beyond32Bits.map((size) => size - 1_000),
      fc.integer({ min: 1, max: 600 }),
      (size, more) => {
        const added = Array.from({ length: more }, () => leaf);
        const { frontier, tiles } = extendFrontier(readFrontier(size, reader), added);
        expect(rootOf(frontier)).toBe(treeRoot(size + more, tiledNodes(size + more, reader)));
        for (const tile of tiles) expect(encodeTile(tile.hashes)).toEqual(reader.read(tile));
      },
    ),
    { numRuns: 30 },
  );
});

test("from nothing, the tree that says the same thing for ever is the tree of its tiles", () => {
  const { frontier } = extendFrontier(
    emptyFrontier,
    Array.from({ length: 3_000 }, () => leaf),
  );
  expect(rootOf(frontier)).toBe(treeRoot(3_000, tiledNodes(3_000, reader)));
});
