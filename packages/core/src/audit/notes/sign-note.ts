import { Buffer } from "node:buffer";
import { AuditError } from "../audit-error.ts";
import { openNote } from "./open-note.ts";
import { type NoteSignature, type SignedNote, formatNote } from "./signed-note.ts";
import type { Signer } from "./signer.ts";

/** One signer's line under a text. */
export async function signatureOf(text: string, signer: Signer): Promise<NoteSignature> {
  const bytes = await signer.sign(Buffer.from(text));
  return { name: signer.key.name, keyId: signer.key.id, bytes };
}

/**
 * The text with a line of each signer, as their keys open it. Throws what a signer throws, for a text that no note can hold, and where a
 * signer gave what its key has not signed.
 */
export async function signNote(text: string, signers: readonly Signer[]): Promise<string> {
  if (!text.endsWith("\n"))
    throw new AuditError("NOTE_MALFORMED", "expected a line feed at the end of a note's text", {
      fix: "End the last line.",
    });
  const signatures = await Promise.all(signers.map((signer) => signatureOf(text, signer)));
  const note = formatNote({ text, signatures });
  const keys = signers.map(({ key }) => key);
  openNote(note, keys);
  return note;
}

/** The note with more lines under it; one of the same key takes the place of what it signed before. */
export function addSignatures(note: SignedNote, added: readonly NoteSignature[]): SignedNote {
  const kept = note.signatures.filter(
    ({ name, keyId }) => !added.some((other) => other.name === name && other.keyId === keyId),
  );
  return { text: note.text, signatures: [...kept, ...added] };
}
