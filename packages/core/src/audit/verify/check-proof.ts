import { openEpoch } from "../keys/epoch.ts";
import { followedKeys, mustBeSignedInTime } from "../keys/followed-keys.ts";
import { leafHash } from "../merkle/hash.ts";
import { verifyInclusion } from "../merkle/inclusion.ts";
import { AuditError } from "../audit-error.ts";
import { type Checkpoint, parseCheckpoint } from "../notes/checkpoint.ts";
import { parseNote } from "../notes/signed-note.ts";
import { formatVerifierKey, type VerifierKey } from "../notes/verifier-key.ts";
import { type LogProof, parseLogProof } from "../proofs/log-proof.ts";
import { verifyLogProof } from "../proofs/verify-log-proof.ts";
import { sightingsIn } from "./outside-checkpoints.ts";
import type { Trust } from "./trust.ts";
import type { WitnessSighting } from "./verification.ts";

/** What a proof shows to whoever believes these keys. */
export interface CheckedProof {
  readonly origin: string;
  /** Of the log when it was signed. */
  readonly size: number;
  readonly index: number;
  /** Just these bytes are the entry. */
  readonly entry: Uint8Array;
  /** The vkey that signed. Null: no key was given, so nobody knows who made this. */
  readonly signedBy: string | null;
  /** Whether that key was given, or followed from one that was, by records of epochs. Null: no key was given. */
  readonly keyFrom: "given" | "followed" | null;
  readonly witnessed: readonly WitnessSighting[];
}

/** Whom to believe about a proof. */
export interface ProofTrust extends Pick<Trust, "keys" | "witnesses"> {
  /** Records of epochs: they lead from the keys that were given to those that came before and after. */
  readonly epochs?: readonly string[];
}

/**
 * Checks a proof with nothing but itself and the keys that are believed. Throws an `AuditError` where it is none, or proves nothing; each
 * witness that is named must have cosigned. Without a key only entry and root are shown to belong together, which anybody can make.
 */
export function checkProof(
  file: string,
  { keys, witnesses, epochs = [] }: ProofTrust,
): CheckedProof {
  const proof = parseLogProof(file);
  if (keys.length === 0) return unsigned(proof);
  const believed = followedKeys(keys, epochs.map(openEpoch));
  const proven = verifyLogProof(proof, { log: believed.map(({ key }) => key), witnesses });
  mustBeSignedInTime(proven, believed);
  const { checkpoint, index, entry, signedBy } = proven;
  return {
    ...headOf(checkpoint),
    index,
    entry,
    signedBy: vkeyOf(signedBy),
    keyFrom: signedBy.some((key) => keys.includes(key)) ? "given" : "followed",
    witnessed: sightingsIn([proven]),
  };
}

function unsigned({ index, path, checkpoint, extra }: LogProof): CheckedProof {
  const said = parseCheckpoint(parseNote(checkpoint).text);
  if (!extra || !verifyInclusion({ leaf: leafHash(extra), index, proof: path }, said))
    throw new AuditError("PROOF_INVALID", `the proof does not lead from its entry to its root`, {
      fix: "Do not believe the proof: its entry, index or hashes are another one's.",
    });
  return { ...headOf(said), index, entry: extra, signedBy: null, keyFrom: null, witnessed: [] };
}

const headOf = ({ origin, size }: Checkpoint): Pick<CheckedProof, "origin" | "size"> => ({
  origin,
  size,
});

function vkeyOf([key]: readonly VerifierKey[]): string | null {
  return key ? formatVerifierKey(key) : null;
}
