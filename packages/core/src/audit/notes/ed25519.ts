import { Buffer } from "node:buffer";
import { type KeyObject, createPrivateKey, createPublicKey, sign, verify } from "node:crypto";

export const seedLength = 32;
const signatureLength = 64;

/** What stands before the bytes of a key in the wrappings that node:crypto reads (RFC 8410). */
const spkiPrefix = Buffer.from("302a300506032b6570032100", "hex");
const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex");

/** The private key that a seed of 32 bytes is. */
export function privateKeyOf(seed: Uint8Array): KeyObject {
  const key = Buffer.concat([pkcs8Prefix, seed]);
  return createPrivateKey({ key, format: "der", type: "pkcs8" });
}

/** 32 bytes. */
export function publicKeyOf(privateKey: KeyObject): Buffer {
  const wrapped = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  return wrapped.subarray(spkiPrefix.length);
}

export function signEd25519(message: Uint8Array, privateKey: KeyObject): Buffer {
  return sign(null, message, privateKey);
}

/** False also for what is no signature at all, and for bytes that are no point on the curve. */
export function verifyEd25519(
  message: Uint8Array,
  signature: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  const key = Buffer.concat([spkiPrefix, publicKey]);
  return (
    signature.length === signatureLength &&
    verify(null, message, { key, format: "der", type: "spki" }, signature)
  );
}
