import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import { consistencyProof, verifyConsistency } from "./consistency.ts";
import { type Hash, emptyRoot, leafHash, nodeHash } from "./hash.ts";
import { type Inclusion, inclusionProof, verifyInclusion } from "./inclusion.ts";
import { countingLeaves, nodesOver } from "./leaves.fixture.ts";
import { treeRoot } from "./node-reader.ts";
import type { TreeHead } from "./tree-head.ts";

const sizes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16, 21, 31, 32, 33, 64, 97, 255, 256, 257, 300];
const leaves = countingLeaves(301);
const read = nodesOver(leaves);

function headOf(size: number): TreeHead {
  return { size, root: treeRoot(size, read) };
}

function flipped(hash: Hash, bit: number): Hash {
  const digit = Math.floor(bit / 4);
  const changed = Number.parseInt(hash.charAt(digit), 16) ^ (1 << (bit % 4));
  return `${hash.slice(0, digit)}${changed.toString(16)}${hash.slice(digit + 1)}` as Hash;
}

/** All lists that a list of hashes is not: a bit flipped, one dropped, one added, two swapped, turned round, cut, doubled. */
function* changedLists(
  hashes: readonly Hash[],
  foreign: readonly Hash[],
): Generator<readonly Hash[]> {
  for (const [place, hash] of hashes.entries()) {
    for (const bit of [0, 7, 100, 255]) yield hashes.with(place, flipped(hash, bit));
    yield hashes.toSpliced(place, 1);
    yield hashes.toSpliced(place, 0, hash);
    const next = hashes[place + 1];
    if (next !== undefined) yield hashes.with(place, next).with(place + 1, hash);
    for (const other of foreign) if (other !== hash) yield hashes.with(place, other);
  }
  for (const other of foreign) {
    yield [...hashes, other];
    yield [other, ...hashes];
  }
  if (hashes.length > 1) {
    yield hashes.toReversed();
    yield [];
    yield hashes.slice(0, Math.floor(hashes.length / 2));
  }
  if (hashes.length > 0) yield [...hashes, ...hashes];
}

function* forgedInclusions(
  honest: Inclusion,
  head: TreeHead,
): Generator<readonly [Inclusion, TreeHead]> {
  const { leaf, index, proof } = honest;
  const { size, root } = head;
  for (const changed of changedLists(proof, [emptyRoot, leaf, root]))
    yield [{ ...honest, proof: changed }, head];
  for (const wrong of [
    index - 1,
    index + 1,
    index + size,
    index ^ 1,
    size,
    -1,
    0.5,
    Number.NaN,
    2 ** 53,
  ])
    if (wrong !== index) yield [{ ...honest, index: wrong }, head];
  for (const wrong of [0, -1, index, Number.NaN, Infinity, 2 ** 53])
    yield [honest, { size: wrong, root }];
  for (const wrong of [emptyRoot, flipped(root, 9), flipped(root, 200)])
    yield [honest, { size, root: wrong }];
  for (const wrong of [
    emptyRoot,
    flipped(leaf, 9),
    flipped(leaf, 200),
    leafHash(Buffer.from(leaf, "hex")),
  ])
    yield [{ ...honest, leaf: wrong }, head];
  const [sibling, ...above] = proof;
  if (sibling === undefined) return;
  // A node passed off as a leaf of a tree that is half as high, and a leaf on the wrong side.
  const parent = index % 2 === 0 ? nodeHash(leaf, sibling) : nodeHash(sibling, leaf);
  yield [{ leaf: parent, index: Math.floor(index / 2), proof: above }, head];
  yield [{ leaf: parent, index, proof: above }, head];
  yield [{ leaf: sibling, index, proof: [leaf, ...above] }, head];
}

function* forgedConsistencies(
  older: TreeHead,
  newer: TreeHead,
  proof: readonly Hash[],
): Generator<readonly [TreeHead, TreeHead, readonly Hash[]]> {
  for (const changed of changedLists(proof, [emptyRoot, older.root, newer.root]))
    yield [older, newer, changed];
  for (const bit of [0, 9, 200]) {
    yield [{ ...older, root: flipped(older.root, bit) }, newer, proof];
    yield [older, { ...newer, root: flipped(newer.root, bit) }, proof];
  }
  for (const size of [
    older.size - 1,
    older.size + 1,
    newer.size,
    newer.size + 1,
    -1,
    0.5,
    Number.NaN,
  ])
    if (size !== older.size && (size > 0 || older.root !== emptyRoot))
      yield [{ ...older, size }, newer, proof];
  for (const size of [0, -1, older.size - 1, older.size, Number.NaN, Infinity, 2 ** 53])
    if (size !== newer.size) yield [older, { ...newer, size }, proof];
  if (older.root !== newer.root) yield [newer, older, proof];
  yield [{ size: newer.size + 1, root: newer.root }, newer, []];
  yield [{ ...older, root: newer.root }, { ...newer, root: older.root }, proof];
}

test("no forged inclusion proof passes", () => {
  const accepted: unknown[] = [];
  let forged = 0;
  for (const size of sizes) {
    const head = headOf(size);
    for (let index = 0; index < size; index += Math.ceil(size / 23)) {
      const honest = {
        leaf: leaves[index] as Hash,
        index,
        proof: inclusionProof(index, size, read),
      };
      expect(verifyInclusion(honest, head)).toBe(true);
      for (const [inclusion, wrongHead] of forgedInclusions(honest, head)) {
        if (verifyInclusion(inclusion, wrongHead)) accepted.push([inclusion, wrongHead]);
        forged += 1;
      }
    }
  }
  expect(accepted).toEqual([]);
  expect(forged).toBeGreaterThan(15_000);
});

test("no forged consistency proof passes", () => {
  const accepted: unknown[] = [];
  let forged = 0;
  for (const newSize of sizes) {
    const newer = headOf(newSize);
    for (let oldSize = 1; oldSize < newSize; oldSize += Math.ceil(newSize / 23)) {
      const older = headOf(oldSize);
      const proof = consistencyProof(oldSize, newSize, read);
      expect(verifyConsistency(older, newer, proof)).toBe(true);
      for (const forgery of forgedConsistencies(older, newer, proof)) {
        if (verifyConsistency(...forgery)) accepted.push(forgery);
        forged += 1;
      }
    }
  }
  expect(accepted).toEqual([]);
  expect(forged).toBeGreaterThan(15_000);
});

test("a tree is proven to begin with nothing, and with itself, by no hash at all", () => {
  const [nothing, some, more] = [headOf(0), headOf(5), headOf(9)];
  for (const [older, newer] of [
    [nothing, nothing],
    [nothing, more],
    [some, some],
  ] as const)
    expect(verifyConsistency(older, newer, [])).toBe(true);
  expect(verifyConsistency(nothing, more, [more.root])).toBe(false);
  expect(verifyConsistency(some, some, [some.root])).toBe(false);
  expect(verifyConsistency({ ...nothing, root: some.root }, more, [])).toBe(false);
  expect(verifyConsistency(nothing, { ...nothing, root: some.root }, [])).toBe(false);
  expect(verifyConsistency(some, { ...some, root: more.root }, [])).toBe(false);
});

test("what a tree does not hold cannot be proven", () => {
  for (const [index, size] of [
    [5, 5],
    [0, 0],
    [-1, 5],
    [0.5, 5],
  ] as const)
    expect(() => inclusionProof(index, size, read)).toThrow(
      `entry ${index} does not lie in a tree of size ${size}`,
    );
  for (const [oldSize, newSize] of [
    [6, 5],
    [-1, 5],
    [1, Number.NaN],
  ] as const)
    expect(() => consistencyProof(oldSize, newSize, read)).toThrow(
      `a tree of size ${newSize} has no beginning of ${oldSize}`,
    );
});

test("a size is no part of a root: what binds the two is the signature over both", () => {
  const head = headOf(5);
  const inclusion = { leaf: leaves[0] as Hash, index: 0, proof: inclusionProof(0, 5, read) };
  expect(verifyInclusion(inclusion, head)).toBe(true);
  expect(verifyInclusion(inclusion, { ...head, size: 6 })).toBe(true);
});
