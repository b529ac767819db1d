import { expect, test } from "vitest";
import { consistencyProof, verifyConsistency } from "./consistency.ts";
import type { Hash } from "./hash.ts";
import { inclusionProof, verifyInclusion } from "./inclusion.ts";
import { DefinedTree, countingLeaves, nodesOver } from "./leaves.fixture.ts";
import { treeRoot } from "./node-reader.ts";

const largest = 1_100;
/** Up to here, every pair of sizes and every entry of every size. */
const exhaustive = 70;
const leaves = countingLeaves(largest);
const defined = new DefinedTree(leaves);
const read = nodesOver(leaves);

/** All of them while there are few, then the edges, both sides of the greater powers of two, and some in between. */
function below(size: number): readonly number[] {
  if (size <= exhaustive) return Array.from({ length: size }, (_, place) => place);
  const edges = [64, 128, 256, 512, 1024].flatMap((power) => [power - 1, power, power + 1]);
  const between = [1, 2, 3, 4, 5].map((step) => (step * 997) % size);
  return [...new Set([0, 1, size - 1, ...edges, ...between])].filter((place) => place < size);
}

function leafAt(index: number): Hash {
  return leaves[index] as Hash;
}

test("the root of every size is the one that the definition gives", () => {
  for (let size = 0; size <= largest; size += 1)
    expect(treeRoot(size, read)).toBe(defined.root(0, size));
});

test("inclusion proofs of every size are the defined ones, and verify", () => {
  const wrong: string[] = [];
  for (let size = 1; size <= largest; size += 1) {
    const head = { size, root: defined.root(0, size) };
    for (const index of below(size)) {
      const proof = inclusionProof(index, size, read);
      const asDefined = String(proof) === String(defined.path(index, 0, size));
      const verified = verifyInclusion({ leaf: leafAt(index), index, proof }, head);
      if (!asDefined || !verified) wrong.push(`${index} of ${size}`);
    }
  }
  expect(wrong).toEqual([]);
});

test("consistency proofs between any two sizes are the defined ones, and verify", () => {
  const wrong: string[] = [];
  for (let newSize = 0; newSize <= largest; newSize += 1) {
    const newer = { size: newSize, root: defined.root(0, newSize) };
    for (const oldSize of [...below(newSize), newSize]) {
      const older = { size: oldSize, root: defined.root(0, oldSize) };
      const proof = consistencyProof(oldSize, newSize, read);
      const asDefined =
        String(proof) === String(oldSize === 0 ? [] : defined.proof(oldSize, newSize));
      if (!asDefined || !verifyConsistency(older, newer, proof))
        wrong.push(`${oldSize} to ${newSize}`);
    }
  }
  expect(wrong).toEqual([]);
});
