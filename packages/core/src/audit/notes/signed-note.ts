import { Buffer } from "node:buffer";
import { AuditError } from "../audit-error.ts";
import { base64Of, bytesOfBase64 } from "../merkle/base64.ts";
import { isKeyName } from "./key-name.ts";
import { quoted } from "./quoted.ts";
import { textOfUtf8 } from "./utf8.ts";

/** A signature line, taken at its word. */
export interface NoteSignature {
  readonly name: string;
  /** Eight hex digits. */
  readonly keyId: string;
  readonly bytes: Uint8Array;
}

/** A text and who is said to have signed it. */
export interface SignedNote {
  /** With its last line feed, which is signed as well. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

const keyIdLength = 4;
const mostSignatures = 100;
const lineForm = /^— ([^ ]+) ([^ ]+)$/;

export function formatSignature({ name, keyId, bytes }: NoteSignature): string {
  return `— ${name} ${base64Of(Buffer.concat([Buffer.from(keyId, "hex"), bytes]))}\n`;
}

export function formatNote({ text, signatures }: SignedNote): string {
  return `${text}\n${signatures.map(formatSignature).join("")}`;
}

/**
 * Takes a note apart without believing any of it. Throws for what is no note: bytes that are no UTF-8, control characters, no signatures or
 * more than a hundred, a line that is none.
 */
export function parseNote(note: Uint8Array | string): SignedNote {
  const all = textOf(note);
  const end = all.lastIndexOf("\n\n");
  if (end < 0) throw malformed("expected a blank line between a note's text and its signatures");
  const text = all.slice(0, end + 1);
  const lines = all.slice(end + 2).split("\n");
  if (lines.pop() !== "")
    throw malformed("expected a line feed at the end of a note's last signature");
  if (lines.length === 0) throw malformed("expected at least one signature after a note's text");
  if (lines.length > mostSignatures)
    throw malformed(
      `expected at most ${mostSignatures} signatures on a note, received ${lines.length}`,
    );
  return { text, signatures: lines.map(parseSignature) };
}

/** A line without its line feed. Throws for what is none. */
export function parseSignature(line: string): NoteSignature {
  const [, name = "", base64 = ""] = lineForm.exec(line) ?? [];
  const bytes = bytesOfBase64(base64);
  if (!isKeyName(name) || !bytes || bytes.length <= keyIdLength)
    throw malformed(`expected a signature as "— <name> <base64>", received ${quoted(line)}`);
  return {
    name,
    keyId: bytes.toString("hex", 0, keyIdLength),
    bytes: bytes.subarray(keyIdLength),
  };
}

function textOf(note: Uint8Array | string): string {
  const text = typeof note === "string" ? note : textOfUtf8(note);
  if (!text?.isWellFormed()) throw malformed("expected a note in UTF-8, received something else");
  // oxlint-disable-next-line no-control-regex
  const [control] = /[\0-\x09\x0b-\x1f]/.exec(text) ?? [];
  if (control === undefined) return text;
  const code = control.charCodeAt(0).toString(16).padStart(4, "0");
  throw malformed(`expected a note without control characters, received U+${code}`);
}

function malformed(message: string): AuditError {
  return new AuditError("NOTE_MALFORMED", message, {
    fix: "Get the note again from where it was published, byte for byte.",
  });
}
