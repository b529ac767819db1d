import { Buffer } from "node:buffer";
import { hash } from "node:crypto";
import { AuditError } from "../audit-error.ts";
import { base64Of, bytesOfBase64 } from "../merkle/base64.ts";
import { isKeyName } from "./key-name.ts";
import { quoted } from "./quoted.ts";

/** What a key signs: notes as they are (Ed25519), or checkpoints that it has seen to follow from the ones before, with the time. */
export type KeyKind = "ed25519" | "cosignature/v1";

/** A public key with the name under which it signs. Nobody's secret. */
export interface VerifierKey {
  readonly name: string;
  readonly kind: KeyKind;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** Eight hex digits over name, kind and key: how a signature says whose it is. */
  readonly id: string;
}

const kindBytes: Readonly<Record<KeyKind, number>> = { ed25519: 0x01, "cosignature/v1": 0x04 };
const publicKeyLength = 32;

/** Throws for a name that no note can hold, and for what is no Ed25519 key. */
export function verifierKey(name: string, kind: KeyKind, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name))
    throw malformed(`${quoted(name)} cannot name a key`, "Take a name without spaces and plus.");
  if (publicKey.length !== publicKeyLength)
    throw malformed(
      `expected a public key of ${publicKeyLength} bytes, received ${publicKey.length}`,
      "Give the Ed25519 key as it is, without a wrapping.",
    );
  return { name, kind, publicKey, id: keyId(name, encoded(kind, publicKey)) };
}

/** The line that is handed to those who are to verify: `<name>+<id>+<base64>`, a vkey. */
export function formatVerifierKey({ name, id, kind, publicKey }: VerifierKey): string {
  return `${name}+${id}+${base64Of(encoded(kind, publicKey))}`;
}

/** Throws for what is no vkey, is not the key that its id says, or is of a kind that is not verified here. */
export function parseVerifierKey(text: string): VerifierKey {
  const [name = "", id = "", key64 = "", ...more] = text.split("+");
  // The base64 may hold a plus itself.
  const key = bytesOfBase64([key64, ...more].join("+"));
  if (!isKeyName(name) || !/^[0-9a-f]{8}$/.test(id) || !key || key.length === 0)
    throw malformed(
      `expected a key as <name>+<id>+<base64>, received ${quoted(text)}`,
      "Copy the whole line, as whoever signs has published it.",
    );
  if (keyId(name, key) !== id)
    throw malformed(
      `the key of ${name} does not have the id ${id}`,
      "Copy the whole line again: its name, id or key has been changed.",
    );
  return verifierKey(name, kindOf(key), key.subarray(1));
}

/** The same bytes, whatever they sign and under which name. */
export function sameKey(left: VerifierKey, right: VerifierKey): boolean {
  return Buffer.compare(left.publicKey, right.publicKey) === 0;
}

/** The same bytes, name and kind. */
export function isSameKey(left: VerifierKey, right: VerifierKey): boolean {
  return formatVerifierKey(left) === formatVerifierKey(right);
}

function kindOf(key: Uint8Array): KeyKind {
  if (key[0] === kindBytes.ed25519) return "ed25519";
  if (key[0] === kindBytes["cosignature/v1"]) return "cosignature/v1";
  const type = Buffer.from(key).toString("hex", 0, 1);
  throw malformed(
    `expected a key of type 01 (Ed25519) or 04 (cosignature/v1), received type ${type}`,
    "Ask for an Ed25519 key of the same log or witness.",
  );
}

function encoded(kind: KeyKind, publicKey: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(kindBytes[kind]), publicKey]);
}

function keyId(name: string, key: Uint8Array): string {
  return hash("sha256", Buffer.concat([Buffer.from(`${name}\n`), key]), "hex").slice(0, 8);
}

function malformed(message: string, fix: string): AuditError {
  return new AuditError("KEY_MALFORMED", message, { fix });
}
