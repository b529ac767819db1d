import { Buffer } from "node:buffer";
import { AuditError } from "../audit-error.ts";
import { onOneLine } from "../../terminal/one-line.ts";
import { cosignedMessage, decodeCosignature } from "./cosignature.ts";
import { verifyEd25519 } from "./ed25519.ts";
import { type NoteSignature, type SignedNote, parseNote } from "./signed-note.ts";
import type { KeyKind, VerifierKey } from "./verifier-key.ts";

const mostListed = 3;

/** A signature that its key has made over this text. */
export interface Verified {
  readonly key: VerifierKey;
  /** When a cosigner says that it signed, in milliseconds since the epoch; null where the signature says no time. */
  readonly at: number | null;
}

/** A note that may be believed, as far as whoever opens it believes these keys. */
export interface OpenedNote {
  readonly text: string;
  /** Each key once, in the order of the note, with what it said last. At least one. */
  readonly verified: readonly Verified[];
  /** Of keys that nobody named. They mean nothing. */
  readonly unknown: readonly NoteSignature[];
}

/**
 * Reads a note that one of the given keys has signed. Throws for what is no note, where a signature under a given key's name and id is not
 * that key's, and where none of the keys has signed.
 */
export function openNote(
  note: Uint8Array | string | SignedNote,
  keys: readonly VerifierKey[],
): OpenedNote {
  const { text, signatures } =
    typeof note === "string" || note instanceof Uint8Array ? parseNote(note) : note;
  const verified = new Map<string, Verified>();
  const unknown: NoteSignature[] = [];
  for (const signature of signatures) {
    const matching = keys.filter((key) => isSaidToBe(key, signature));
    if (matching.length === 0) unknown.push(signature);
    for (const key of matching)
      verified.set(`${key.name}+${key.id}`, verifySignature(text, signature, key));
  }
  if (verified.size === 0)
    throw new AuditError("NOTE_UNSIGNED", unsigned(signatures, keys), {
      fix: "Give the key of whoever signed it, if you trust them.",
    });
  return { text, verified: [...verified.values()], unknown };
}

function isSaidToBe(key: VerifierKey, { name, keyId }: NoteSignature): boolean {
  return key.name === name && key.id === keyId;
}

/** Throws where it is not this key's signature over this text. */
function verifySignature(text: string, { bytes }: NoteSignature, key: VerifierKey): Verified {
  const verified = verifyAs[key.kind](Buffer.from(text), bytes, key);
  if (verified) return verified;
  throw new AuditError(
    "SIGNATURE_INVALID",
    `a signature in the name of ${key.name}+${key.id} is not by that key over this note`,
    { fix: "Do not believe the note: its text or the signature has been changed." },
  );
}

const verifyAs: Readonly<
  Record<KeyKind, (text: Uint8Array, bytes: Uint8Array, key: VerifierKey) => Verified | null>
> = {
  ed25519: (text, bytes, key) =>
    verifyEd25519(text, bytes, key.publicKey) ? { key, at: null } : null,
  "cosignature/v1": (text, bytes, key) => {
    const cosignature = decodeCosignature(bytes);
    if (!cosignature) return null;
    const { seconds, signature } = cosignature;
    return verifyEd25519(cosignedMessage(text, seconds), signature, key.publicKey)
      ? { key, at: seconds * 1_000 }
      : null;
  },
};

function unsigned(signatures: readonly NoteSignature[], keys: readonly VerifierKey[]): string {
  const signed = listed(signatures.map(({ name, keyId }) => `${name}+${keyId}`));
  const asked = listed(keys.map(({ name, id }) => `${name}+${id}`)) || "no key at all";
  return `expected a note signed by ${asked}, received one signed by ${signed}`;
}

/** The first few; a note may say a hundred names, and they came from outside. */
function listed(names: readonly string[]): string {
  const more = names.length > mostListed ? ` and ${names.length - mostListed} more` : "";
  return `${onOneLine(names.slice(0, mostListed).join(", "))}${more}`;
}
