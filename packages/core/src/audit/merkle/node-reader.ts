import { type Hash, emptyRoot, nodeHash } from "./hash.ts";
import { type Subtree, halvesOf, powerWithin } from "./subtrees.ts";

/** The complete subtree over the 2^level entries from index · 2^level. */
export interface NodeCoordinates {
  readonly level: number;
  readonly index: number;
}

/** Where the hashes of complete subtrees lie. Asked only for those of a tree that it has; throws where one cannot be had. */
export type NodeReader = (node: NodeCoordinates) => Hash;

/** Of a subtree as trees divide: complete, or at the right edge of one. */
export function subtreeRoot(subtree: Subtree, read: NodeReader): Hash {
  const width = subtree.end - subtree.start;
  if (powerWithin(width) === width)
    return read({ level: Math.log2(width), index: subtree.start / width });
  const [left, right] = halvesOf(subtree);
  return nodeHash(subtreeRoot(left, read), subtreeRoot(right, read));
}

/** The Merkle tree hash of the first `size` entries. */
export function treeRoot(size: number, read: NodeReader): Hash {
  return size === 0 ? emptyRoot : subtreeRoot({ start: 0, end: size }, read);
}
