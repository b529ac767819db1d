import { Buffer } from "node:buffer";
import { hash } from "node:crypto";

/** The reference of a value, by the bytes of its JSON text. */
export type ReferenceOf = (json: Uint8Array) => string;

const blockBytes = 64;
const digestBytes = 32;

/**
 * HMAC-SHA-256 under a subject's key over the SHA-256 of the bytes. Of bytes and not of text: a byte that was changed may make a text that
 * reads the same. Out of one-shot hashes, because an `Hmac` object for each value takes longer than all else that is done with it.
 */
export function referenceUnder(key: Uint8Array): ReferenceOf {
  const inner = padded(key, 0x36);
  const outer = padded(key, 0x5c);
  return (json) => {
    inner.write(hash("sha256", json, "binary"), blockBytes, "binary");
    outer.write(hash("sha256", inner, "binary"), blockBytes, "binary");
    return hash("sha256", outer, "hex");
  };
}

/** For keys of up to a block, as subjects have them. */
function padded(key: Uint8Array, pad: number): Buffer {
  const block = Buffer.alloc(blockBytes + digestBytes);
  for (let index = 0; index < blockBytes; index += 1) block[index] = (key[index] ?? 0) ^ pad;
  return block;
}
