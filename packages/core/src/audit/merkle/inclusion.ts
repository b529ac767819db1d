import { AuditError } from "../audit-error.ts";
import { type Hash, nodeHash } from "./hash.ts";
import { type NodeReader, subtreeRoot } from "./node-reader.ts";
import { inclusionSubtrees } from "./subtrees.ts";
import { type TreeHead, isSize } from "./tree-head.ts";

/** An entry's hash, where it is said to lie, and the hashes from its sibling up to the root's child. */
export interface Inclusion {
  readonly leaf: Hash;
  readonly index: number;
  readonly proof: readonly Hash[];
}

export function inclusionProof(index: number, size: number, read: NodeReader): readonly Hash[] {
  if (!liesIn(index, size))
    throw new AuditError("OUT_OF_TREE", `entry ${index} does not lie in a tree of size ${size}`, {
      fix: "Ask for an entry that the checkpoint covers, or seal the log first.",
    });
  return inclusionSubtrees(index, size).map((subtree) => subtreeRoot(subtree, read));
}

/** Whether just this entry lies at just this index of the tree. No number and no proof is too wild to be answered. */
export function verifyInclusion({ leaf, index, proof }: Inclusion, head: TreeHead): boolean {
  if (!liesIn(index, head.size)) return false;
  const beside = inclusionSubtrees(index, head.size);
  if (beside.length !== proof.length) return false;
  const root = proof.reduce(
    (below, hash, place) =>
      (beside[place]?.start ?? 0) < index ? nodeHash(hash, below) : nodeHash(below, hash),
    leaf,
  );
  return root === head.root;
}

function liesIn(index: number, size: number): boolean {
  return isSize(size) && isSize(index) && index < size;
}
