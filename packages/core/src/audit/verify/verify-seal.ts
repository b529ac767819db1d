import { existsSync } from "node:fs";
import { holderOf } from "../../journal/disk/lane-holder.ts";
import { base64OfHash } from "../merkle/hash.ts";
import type { Checkpoint } from "../notes/checkpoint.ts";
import { checkpointFile } from "../sealer/seal-layout.ts";
import type { Findings } from "./findings.ts";
import { count } from "./in-words.ts";
import type { LanePlace } from "./lane-place.ts";
import type { OwnCheckpoint } from "./own-checkpoint.ts";
import type { RebuiltTree } from "./rebuilt-tree.ts";
import type { SealTiles } from "./seal-tiles.ts";
import type { Evidence } from "./verification.ts";

export interface SealTask {
  readonly place: LanePlace;
  readonly own: OwnCheckpoint;
  /** Complete. */
  readonly tree: RebuiltTree;
  readonly tiles: SealTiles;
  readonly placeOf: (index: number) => Partial<Evidence>;
  readonly findings: Findings;
}

/** What a checkpoint proves of the entries that lie here. */
export interface VerifiedSeal {
  /** How many entries the checkpoint covers, where it can be believed and is theirs. */
  readonly signed: number | null;
  readonly root: string | null;
}

/** Compares the tree that the entries make with the tiles that lie there, and with what was signed. */
export function verifySeal(task: SealTask): VerifiedSeal {
  const { own, tree } = task;
  const { said, opened } = own;
  tree.end();
  const isAsSigned = said !== null && compareRoot(said, task);
  tellDifferences(task, isAsSigned);
  if (own.isMissing) tellMissing(task);
  if (!opened || !isAsSigned) return { signed: null, root: null };
  const { size, root } = opened.checkpoint;
  return { signed: size, root: base64OfHash(root) };
}

/** The key and the tiles come before the first checkpoint, so they are no sign by themselves while somebody is at it. */
function tellMissing({ place, own, tiles, findings }: SealTask): void {
  const { lane, nameOf, seal } = place;
  const at = { lane, file: nameOf(checkpointFile(seal)) };
  if (own.wasSigned)
    findings.find("CHECKPOINT_MISSING", at, "is gone: this log was signed, and it was taken away");
  else if (tiles.isEmpty && own.origin === null) return;
  else if (isBeingSealed(place))
    findings.leave(
      "NO_CHECKPOINT",
      lane,
      "whether this was ever signed: there is no checkpoint yet, and somebody is at the first one, or says so",
    );
  else
    findings.find(
      "CHECKPOINT_MISSING",
      at,
      "is not there, and a key or tiles are: it was taken away, or the first sealing was cut short",
    );
}

/** Somebody is at it, or has just ended. */
function isBeingSealed({ seal, sealing }: LanePlace): boolean {
  return holderOf(sealing) !== null || existsSync(checkpointFile(seal));
}

/** Against what the checkpoint says, believed or not: a wrong signature and wrong entries are two things. */
function compareRoot({ size, root }: Checkpoint, { place, tree, findings }: SealTask): boolean {
  const { lane, nameOf, seal } = place;
  const found = tree.rootAt(size);
  if (found === root) return true;
  const at = { lane, file: nameOf(checkpointFile(seal)) };
  if (found === undefined && tree.size < size && !tree.isLost)
    findings.find(
      "ENTRIES_MISSING",
      at,
      `covers ${count(size, "entry")}, and ${count(size - tree.size, "entry")} of them ${size - tree.size === 1 ? "is" : "are"} gone`,
    );
  else
    findings.find(
      "ROOT_DIFFERS",
      at,
      found === undefined
        ? `its root cannot be compared: the tiles do not hold the hashes of entries that were removed`
        : `its root is not that of the first ${count(size, "entry")}`,
    );
  return false;
}

/** Where entries make the root that was signed, a tile that says otherwise is what was changed. */
function tellDifferences(
  { place, tree, own, placeOf, findings }: SealTask,
  isAsSigned: boolean,
): void {
  const { lane, seal, nameOf } = place;
  const tileAt = (tile: string): Partial<Evidence> => ({ lane, file: nameOf(`${seal}/${tile}`) });
  for (const { from, to, tile } of tree.differing) {
    const isProven = isAsSigned && to < (own.said?.size ?? 0);
    if (isProven)
      findings.find("TILE_CHANGED", tileAt(tile), "holds other hashes than its entries make");
    else findings.find("ENTRY_CHANGED", { lane, ...placeOf(from) }, changed(from, to));
  }
  // Above entries that differ, everything does.
  const wrong = tree.differing.length > 0 && !isAsSigned ? [] : tree.wrong;
  for (const tile of wrong)
    findings.find("TILE_CHANGED", tileAt(tile), "does not hold the hashes that belong there");
  for (const tile of tree.missing)
    findings.find("TILE_MISSING", tileAt(tile), "is gone, so nothing can be proven that needs it");
}

function changed(from: number, to: number): string {
  return from === to
    ? `entry ${from} is not the one that was sealed`
    : `from here on, entries ${from} to ${to} are not those that were sealed`;
}
