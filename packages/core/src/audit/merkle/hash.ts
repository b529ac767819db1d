import { Buffer } from "node:buffer";
import { hash } from "node:crypto";
import { base64Of, bytesOfBase64 } from "./base64.ts";

declare const brand: unique symbol;
/**
 * A SHA-256 as 64 lower-case hex digits: a value, equal where `===` says so. As text it is also made in less than half the time that the
 * same digest takes as bytes.
 */
export type Hash = string & { readonly [brand]: "Hash" };

export const hashLength = 32;

/** What no entries at all amount to: the digest of nothing. */
export const emptyRoot: Hash = hash("sha256", "", "hex") as Hash;

/** Leaves and nodes are put together in one place: a new one for each costs a third of hashing it. What follows the prefix is overwritten each time. */
const leafBytes = Buffer.alloc(64 * 1024);
const leafPrefix = 0;
const nodeBytes = Buffer.alloc(1 + 2 * hashLength);
nodeBytes[0] = 1;

/** Leaves and nodes are told apart by their first byte, so neither can pass for the other (RFC 6962, section 2.1). */
export function leafHash(entry: Uint8Array): Hash {
  const end = 1 + entry.length;
  const bytes = end <= leafBytes.length ? leafBytes : Buffer.alloc(end);
  bytes[0] = leafPrefix;
  bytes.set(entry, 1);
  return hash("sha256", bytes.subarray(0, end), "hex") as Hash;
}

export function nodeHash(left: Hash, right: Hash): Hash {
  nodeBytes.write(left, 1, "hex");
  nodeBytes.write(right, 1 + hashLength, "hex");
  return hash("sha256", nodeBytes, "hex") as Hash;
}

export function bytesOfHash(value: Hash): Buffer {
  return Buffer.from(value, "hex");
}

/** Of exactly 32 bytes; null for any other number of them. */
export function hashOfBytes(bytes: Uint8Array): Hash | null {
  return bytes.length === hashLength ? (Buffer.from(bytes).toString("hex") as Hash) : null;
}

/** How hashes are spelt in notes and proofs. */
export function base64OfHash(value: Hash): string {
  return base64Of(bytesOfHash(value));
}

/** Null for what is not exactly one hash in its one spelling. */
export function hashOfBase64(text: string): Hash | null {
  const bytes = bytesOfBase64(text);
  return bytes && hashOfBytes(bytes);
}
