import type { Hash } from "./hash.ts";

/** A tree in two words: how many entries, and the root over all of them. */
export interface TreeHead {
  readonly size: number;
  readonly root: Hash;
}

/** How many entries a tree can have here: as many as a number counts exactly, 2^53 − 1. */
export function isSize(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 0;
}
