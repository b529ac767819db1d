import { resolve } from "node:path";
import { keysOfLog, readEpochs } from "../keys/epoch.ts";
import { followedKeys, mustBeSignedInTime } from "../keys/followed-keys.ts";
import { nodeFileSystem } from "../../journal/disk/file-system.ts";
import { AuditError } from "../audit-error.ts";
import { inclusionProof } from "../merkle/inclusion.ts";
import { parseCheckpoint } from "../notes/checkpoint.ts";
import { parseNote } from "../notes/signed-note.ts";
import { parseVerifierKey } from "../notes/verifier-key.ts";
import { formatLogProof } from "../proofs/log-proof.ts";
import { verifyLogProof } from "../proofs/verify-log-proof.ts";
import { diskTiles } from "../sealer/disk-tiles.ts";
import { checkpointFile, readIfThere, verifierKeyFile } from "../sealer/seal-layout.ts";
import { tiledNodes } from "../tiles/tiled-nodes.ts";
import type { FoundEntry } from "./find-entries.ts";
import { lanePlace } from "./lane-place.ts";

/**
 * A tlog-proof of an entry, with the entry in it: all that is needed to show that it was sealed, but the log's key. It was verified before it is
 * returned. Throws an `AuditError` where the entry is under no signature yet, or the seal does not prove it.
 */
export function proveEntry(dir: string, { lane, index, bytes }: FoundEntry): string {
  const { seal } = lanePlace(resolve(dir), Number(lane));
  const note = readIfThere(checkpointFile(seal), nodeFileSystem)?.toString() ?? null;
  if (note === null) throw unsealed(lane, "the lane was never sealed");
  const { size } = parseCheckpoint(parseNote(note).text);
  if (index >= size)
    throw unsealed(lane, `entry ${index} is not among the ${size} that are sealed`);
  const path = inclusionProof(index, size, tiledNodes(size, diskTiles(seal, nodeFileSystem)));
  const proof = formatLogProof({ index, path, checkpoint: note, extra: bytes });
  mustBeProven(proof, seal);
  return proof;
}

/** The checkpoint may still be the former key's: a rotation is under way, or was cut short behind its record. */
function mustBeProven(proof: string, seal: string): void {
  const vkey = readIfThere(verifierKeyFile(seal), nodeFileSystem)?.toString().trimEnd();
  if (vkey === undefined)
    throw new AuditError("KEY_MISSING", `${verifierKeyFile(seal)} is missing`, {
      fix: "Seal the lane again: that writes it anew.",
    });
  const epochs = readEpochs(seal, nodeFileSystem);
  const believed = followedKeys(keysOfLog(epochs, parseVerifierKey(vkey)), epochs);
  const proven = verifyLogProof(proof, { log: believed.map(({ key }) => key) });
  mustBeSignedInTime(proven, believed);
}

function unsealed(lane: string, message: string): AuditError {
  return new AuditError("OUT_OF_TREE", message, {
    fix: `Seal lane ${lane} first: spoor seal.`,
  });
}
