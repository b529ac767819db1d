import { AuditError } from "../audit-error.ts";
import { leafHash } from "../merkle/hash.ts";
import { verifyInclusion } from "../merkle/inclusion.ts";
import {
  type CheckpointPolicy,
  type OpenedCheckpoint,
  openCheckpoint,
} from "../notes/open-checkpoint.ts";
import { type LogProof, parseLogProof } from "./log-proof.ts";

export interface ProofPolicy extends CheckpointPolicy {
  /** The bytes of the entry that is to be proven. Absent: those that the proof brings along. */
  readonly entry?: Uint8Array;
}

/** Just these bytes are just this entry of the log. */
export interface ProvenEntry extends OpenedCheckpoint {
  readonly index: number;
  readonly entry: Uint8Array;
}

/**
 * Checks a proof with nothing but itself and the keys that its reader believes. Throws where it proves nothing, and says why; what is
 * returned is proven as far as those keys are.
 */
export function verifyLogProof(
  proof: LogProof | Uint8Array | string,
  policy: ProofPolicy,
): ProvenEntry {
  const { index, path, checkpoint, extra } =
    typeof proof === "string" || proof instanceof Uint8Array ? parseLogProof(proof) : proof;
  const entry = policy.entry ?? extra;
  if (!entry)
    throw new AuditError("ENTRY_UNKNOWN", "the proof does not bring its entry along", {
      fix: "Give the bytes of the entry that it is to prove.",
    });
  const opened = openCheckpoint(checkpoint, policy);
  const { origin, size } = opened.checkpoint;
  if (!verifyInclusion({ leaf: leafHash(entry), index, proof: path }, opened.checkpoint))
    throw new AuditError(
      "PROOF_INVALID",
      `these bytes are not shown to be entry ${index} of the ${size} that ${origin} has signed`,
      { fix: "Do not believe the proof: its entry, index or hashes are another one's." },
    );
  return { ...opened, index, entry };
}
