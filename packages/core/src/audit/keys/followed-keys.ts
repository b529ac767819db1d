import { AuditError } from "../audit-error.ts";
import type { OpenedCheckpoint } from "../notes/open-checkpoint.ts";
import { type VerifierKey, isSameKey } from "../notes/verifier-key.ts";
import type { Epoch } from "./epoch.ts";

/** A key that is believed for so many entries of its log, and for no more. */
export interface FollowedKey {
  readonly key: VerifierKey;
  readonly upTo: number;
}

/**
 * All keys that are believed because one of those that were given has signed for them: a key for the one that followed it, and the one that
 * followed for the one before. Whoever was followed by another is believed for as many entries as the record of that tells of.
 */
export function followedKeys(
  given: readonly VerifierKey[],
  epochs: readonly Epoch[],
): readonly FollowedKey[] {
  const keys = [...given];
  const isBelieved = (key: VerifierKey): boolean => keys.some((other) => isSameKey(other, key));
  for (let before = -1; before < keys.length;) {
    before = keys.length;
    for (const { former, next } of epochs)
      if (isBelieved(former) !== isBelieved(next)) keys.push(isBelieved(former) ? next : former);
  }
  return keys.map((key) => {
    const ends = epochs.filter(({ former }) => isSameKey(former, key));
    return { key, upTo: Math.min(Infinity, ...ends.map(({ size }) => size)) };
  });
}

/** Throws an `AuditError` where only keys have signed that had been followed by others before. */
export function mustBeSignedInTime(
  { checkpoint, signedBy }: OpenedCheckpoint,
  believed: readonly FollowedKey[],
): void {
  const limits = believed.filter(({ key }) => signedBy.includes(key)).map(({ upTo }) => upTo);
  const limit = Math.max(...limits);
  if (checkpoint.size <= limit) return;
  throw new AuditError(
    "CHECKPOINT_FOREIGN",
    `it covers ${checkpoint.size} entries, and the key that signed it was followed by another at ${limit}`,
    { fix: "Do not believe it: somebody has a key that is not the log's any more." },
  );
}
