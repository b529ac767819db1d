import { Buffer } from "node:buffer";
import { type Hash, hashLength } from "../merkle/hash.ts";

const digitsOfHash = 2 * hashLength;

/** The hashes of a tile, one behind the other. */
export function encodeTile(hashes: readonly Hash[]): Buffer {
  return Buffer.from(hashes.join(""), "hex");
}

/** Null where the bytes are no whole number of hashes. */
export function decodeTile(bytes: Uint8Array): readonly Hash[] | null {
  if (bytes.length % hashLength !== 0) return null;
  const digits = Buffer.from(bytes).toString("hex");
  const hashes: Hash[] = [];
  for (let at = 0; at < digits.length; at += digitsOfHash)
    hashes.push(digits.slice(at, at + digitsOfHash) as Hash);
  return hashes;
}
