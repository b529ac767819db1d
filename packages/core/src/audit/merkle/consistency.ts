import { AuditError } from "../audit-error.ts";
import { type Hash, emptyRoot, nodeHash } from "./hash.ts";
import { type NodeReader, subtreeRoot } from "./node-reader.ts";
import { consistencySubtrees } from "./subtrees.ts";
import { type TreeHead, isSize } from "./tree-head.ts";

/** Empty where there is nothing to show: from the empty tree, and from a tree to itself. */
export function consistencyProof(
  oldSize: number,
  newSize: number,
  read: NodeReader,
): readonly Hash[] {
  if (!isSize(newSize) || !isSize(oldSize) || oldSize > newSize)
    throw new AuditError(
      "OUT_OF_TREE",
      `a tree of size ${newSize} has no beginning of ${oldSize}`,
      {
        fix: "Give the smaller size first, and no greater one than the log has.",
      },
    );
  if (oldSize === 0 || oldSize === newSize) return [];
  const subtrees = consistencySubtrees(oldSize, newSize);
  const shown = subtrees[0]?.start === 0 ? subtrees.slice(1) : subtrees;
  return shown.map((subtree) => subtreeRoot(subtree, read));
}

/**
 * Whether the newer tree begins with all entries of the older one, in their places. Every tree begins with the empty one. No number and no
 * proof is too wild to be answered.
 */
export function verifyConsistency(
  older: TreeHead,
  newer: TreeHead,
  proof: readonly Hash[],
): boolean {
  if (!isPossible(older) || !isPossible(newer) || older.size > newer.size) return false;
  if (older.size === 0) return proof.length === 0;
  if (older.size === newer.size) return proof.length === 0 && older.root === newer.root;
  const roots = rootsOf(older, newer.size, proof);
  return roots !== null && roots.older === older.root && roots.newer === newer.root;
}

function isPossible({ size, root }: TreeHead): boolean {
  return isSize(size) && (size > 0 || root === emptyRoot);
}

/** What the proof makes of both trees; null where it has not just as many hashes as it must have. */
function rootsOf(
  older: TreeHead,
  newSize: number,
  proof: readonly Hash[],
): { readonly older: Hash; readonly newer: Hash } | null {
  const [edge, ...beside] = consistencySubtrees(older.size, newSize);
  const [first, ...hashes] = edge?.start === 0 ? [older.root, ...proof] : proof;
  if (first === undefined || hashes.length !== beside.length) return null;
  return hashes.reduce(
    (below, hash, place) =>
      (beside[place]?.start ?? 0) < older.size
        ? { older: nodeHash(hash, below.older), newer: nodeHash(hash, below.newer) }
        : { older: below.older, newer: nodeHash(below.newer, hash) },
    { older: first, newer: first },
  );
}
