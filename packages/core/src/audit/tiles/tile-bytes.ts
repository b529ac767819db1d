import { Buffer } from "node:buffer";
import { type Hash, hashLength } from "../merkle/hash.ts";

/** The hashes of a tile, one behind the other. */
export function encodeTile(hashes: readonly Hash[]): Buffer {
  return Buffer.from(hashes.join(""), "hex");
}

/** Null where the bytes are no whole number of hashes. */
export function decodeTile(bytes: Uint8Array): readonly Hash[] | null {
  if (bytes.length % hashLength !== 0) return null;
  const digits = Buffer.from(bytes).toString("hex");
  return Array.from(
    { length: bytes.length / hashLength },
    (_, place) => digits.slice(place * 2 * hashLength, (place + 1) * 2 * hashLength) as Hash,
  );
}
