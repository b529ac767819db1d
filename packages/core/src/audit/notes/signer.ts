import { Buffer } from "node:buffer";
import type { KeyObject } from "node:crypto";
import { AuditError } from "../audit-error.ts";
import { base64Of, bytesOfBase64 } from "../merkle/base64.ts";
import { cosignedMessage, encodeCosignature } from "./cosignature.ts";
import { privateKeyOf, publicKeyOf, seedLength, signEd25519 } from "./ed25519.ts";
import { type VerifierKey, verifierKey } from "./verifier-key.ts";

/**
 * Signs notes with a key that may lie here or elsewhere. `sign` gets the bytes of a note's text and gives the signature over just them;
 * where it cannot, it throws, and nothing is signed.
 */
export interface Signer {
  readonly key: VerifierKey;
  sign(text: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** A secret: whoever has it signs as `name`. */
export interface SigningKey {
  readonly name: string;
  /** 32 bytes. */
  readonly seed: Uint8Array;
}

const header = "PRIVATE+KEY+";
const ed25519Byte = 0x01;

/** A signer of notes: what a log is. */
export function noteSigner(signingKey: SigningKey): Signer {
  const { privateKey, publicKey } = keyPair(signingKey);
  return {
    key: verifierKey(signingKey.name, "ed25519", publicKey),
    sign: (text) => signEd25519(text, privateKey),
  };
}

/** A cosigner of checkpoints: what a witness is. It says what a witness may say only of a checkpoint that it has checked. */
export function cosigner(signingKey: SigningKey, now: () => number): Signer {
  const { privateKey, publicKey } = keyPair(signingKey);
  return {
    key: verifierKey(signingKey.name, "cosignature/v1", publicKey),
    sign: (text) => {
      const seconds = Math.floor(now() / 1_000);
      const message = cosignedMessage(text, seconds);
      return encodeCosignature(seconds, signEd25519(message, privateKey));
    },
  };
}

/** The line that a key file holds, as Go's note package writes it: `PRIVATE+KEY+<name>+<id>+<base64>`. */
export function formatSigningKey(signingKey: SigningKey): string {
  const { name, id } = noteSigner(signingKey).key;
  const secret = Buffer.concat([Buffer.of(ed25519Byte), signingKey.seed]);
  return `${header}${name}+${id}+${base64Of(secret)}`;
}

/** Throws for what is no such line, or whose id is another key's. No message holds any part of the secret. */
export function parseSigningKey(text: string): SigningKey {
  const [name = "", id = "", ...base64] = text.startsWith(header)
    ? text.slice(header.length).split("+")
    : [];
  const secret = bytesOfBase64(base64.join("+"));
  if (secret?.[0] !== ed25519Byte || secret.length !== 1 + seedLength)
    throw malformed("expected a signing key as PRIVATE+KEY+<name>+<id>+<base64>");
  const signingKey = { name, seed: secret.subarray(1) };
  if (noteSigner(signingKey).key.id !== id)
    throw malformed(`the signing key of ${name} does not have the id ${id}`);
  return signingKey;
}

function keyPair({ seed }: SigningKey): { privateKey: KeyObject; publicKey: Buffer } {
  if (seed.length !== seedLength)
    throw malformed(`expected a seed of ${seedLength} bytes, received ${seed.length}`);
  const privateKey = privateKeyOf(seed);
  return { privateKey, publicKey: publicKeyOf(privateKey) };
}

function malformed(message: string): AuditError {
  return new AuditError("KEY_MALFORMED", message, {
    fix: "Restore the key file from its backup: without it this log cannot go on.",
  });
}
