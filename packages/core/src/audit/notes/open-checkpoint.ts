import { AuditError } from "../audit-error.ts";
import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts";
import { type OpenedNote, type Verified, openNote } from "./open-note.ts";
import { quoted } from "./quoted.ts";
import type { NoteSignature, SignedNote } from "./signed-note.ts";
import { type VerifierKey, sameKey } from "./verifier-key.ts";

/** Whom to believe about a log. */
export interface CheckpointPolicy {
  /** The log's keys; one of them must have signed. Several, where the log has changed its key. */
  readonly log: readonly VerifierKey[];
  /** What the log must call itself. Absent: as the key that signed. */
  readonly origin?: string;
  /** Who says that there is only one history: keys of the kind `cosignature/v1`. Absent: nobody. */
  readonly witnesses?: readonly VerifierKey[];
  /** How many of the witnesses must have cosigned. Absent: all of them. */
  readonly quorum?: number;
}

/** A checkpoint that the policy's log has signed and enough of its witnesses have cosigned. */
export interface OpenedCheckpoint {
  readonly checkpoint: Checkpoint;
  /** Keys of the log. At least one. */
  readonly signedBy: readonly VerifierKey[];
  readonly cosigned: readonly Verified[];
  /** Signatures of keys that the policy does not name. They mean nothing. */
  readonly unknown: readonly NoteSignature[];
}

/** Throws for what is no checkpoint, is signed by another log, or by fewer witnesses than the policy asks for. */
export function openCheckpoint(
  note: Uint8Array | string | SignedNote,
  policy: CheckpointPolicy,
): OpenedCheckpoint {
  const { log, witnesses = [] } = policy;
  const quorum = quorumOf(policy);
  const opened = openNote(note, [...log, ...witnesses]);
  const checkpoint = parseCheckpoint(opened.text);
  const signedBy = keysOf(opened, log).map(({ key }) => key);
  mustBeOf(checkpoint, signedBy, policy);
  const cosigned = keysOf(opened, witnesses);
  if (cosigned.length < quorum)
    throw new AuditError(
      "QUORUM_MISSED",
      `expected cosignatures of ${quorum} of ${witnesses.length} witnesses, received ${cosigned.length}`,
      { fix: "Ask the log for a checkpoint that more of these witnesses have cosigned." },
    );
  return { checkpoint, signedBy, cosigned, unknown: opened.unknown };
}

function keysOf({ verified }: OpenedNote, keys: readonly VerifierKey[]): readonly Verified[] {
  return verified.filter(({ key }) => keys.includes(key));
}

function mustBeOf(
  { origin }: Checkpoint,
  signedBy: readonly VerifierKey[],
  policy: CheckpointPolicy,
): void {
  const expected = policy.origin === undefined ? signedBy.map(({ name }) => name) : [policy.origin];
  if (signedBy.length === 0)
    throw new AuditError("NOTE_UNSIGNED", "the checkpoint is not signed by its log", {
      fix: "Give the key of the log, if you trust it: witnesses alone do not speak for it.",
    });
  if (!expected.includes(origin))
    throw new AuditError(
      "CHECKPOINT_FOREIGN",
      `expected a checkpoint of ${expected.join(" or ")}, received one of ${quoted(origin)}`,
      { fix: "Get the checkpoint of that log, or say which origin you expect." },
    );
}

function quorumOf({ log, witnesses = [], quorum = witnesses.length }: CheckpointPolicy): number {
  if (!Number.isInteger(quorum) || quorum < 0 || quorum > witnesses.length)
    throw invalid(`a quorum of ${quorum} cannot be had from ${witnesses.length} witnesses`);
  mustBeWitnesses(witnesses, log);
  return quorum;
}

/** Throws for keys that cosign nothing, and where two are one: that would be one witness that counts twice. `log`: who is none, being the log itself. */
export function mustBeWitnesses(
  witnesses: readonly VerifierKey[],
  log: readonly VerifierKey[] = [],
): void {
  const twice = witnesses.find((witness, place) =>
    [...log, ...witnesses.slice(0, place)].some((key) => sameKey(key, witness)),
  );
  if (twice) throw invalid(`the key of witness ${twice.name} is given twice`);
  const other = witnesses.find(({ kind }) => kind !== "cosignature/v1");
  if (other) throw invalid(`the key of ${other.name} signs notes, and is no witness's`);
}

function invalid(message: string): AuditError {
  return new AuditError("POLICY_INVALID", message, {
    fix: "Name each witness once, with its key of type 04, and ask for no more than there are.",
  });
}
