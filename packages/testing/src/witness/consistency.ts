import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";

/** A tree as a witness remembers it. */
export interface Head {
  readonly size: bigint;
  readonly root: Buffer;
}

export const emptyRoot: Buffer = createHash("sha256").digest();

/**
 * The algorithm of RFC 9162, section 2.1.4.2, step by step. It is not the one of `@spoor/core/audit`, so that a mistake in one of them is not
 * made by both.
 */
export function isConsistent(older: Head, newer: Head, proof: readonly Buffer[]): boolean {
  if (older.size === newer.size) return proof.length === 0 && older.root.equals(newer.root);
  if (older.size === 0n) return proof.length === 0;
  const path = isPowerOfTwo(older.size) ? [older.root, ...proof] : proof;
  const [seed, ...rest] = path;
  if (!seed || proof.length === 0) return false;
  let [first, second] = [older.size - 1n, newer.size - 1n];
  while (isOdd(first)) [first, second] = [first >> 1n, second >> 1n];
  let [firstRoot, secondRoot] = [seed, seed];
  for (const hash of rest) {
    if (second === 0n) return false;
    if (isOdd(first) || first === second) {
      firstRoot = node(hash, firstRoot);
      secondRoot = node(hash, secondRoot);
      while (!isOdd(first) && first !== 0n) [first, second] = [first >> 1n, second >> 1n];
    } else {
      secondRoot = node(secondRoot, hash);
    }
    [first, second] = [first >> 1n, second >> 1n];
  }
  return second === 0n && firstRoot.equals(older.root) && secondRoot.equals(newer.root);
}

function node(left: Buffer, right: Buffer): Buffer {
  return createHash("sha256").update(Buffer.of(1)).update(left).update(right).digest();
}

function isOdd(value: bigint): boolean {
  return value % 2n === 1n;
}

function isPowerOfTwo(value: bigint): boolean {
  return (value & (value - 1n)) === 0n;
}
