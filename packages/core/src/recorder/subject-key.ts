import { Buffer } from "node:buffer";
import { hash } from "node:crypto";
import type { ContentRef } from "../vocabulary/event.ts";

const blockBytes = 64;

/** Turns the text of a value into its reference: HMAC-SHA-256 under the subject's key over the SHA-256 of the text. */
export type ContentName = (json: string) => ContentRef;

/**
 * HMAC from two one-shot hashes: a tenth of the time of a `Hmac` object for each value. Bytes go from one to the next as a text of bytes, because a
 * `Buffer` for each costs more than the hash.
 */
export function contentNameUnder(key: Buffer): ContentName {
  const inner = padded(key, 0x36);
  const outer = padded(key, 0x5c);
  return (json) => {
    inner.write(hash("sha256", json, "binary"), blockBytes, "binary");
    outer.write(hash("sha256", inner, "binary"), blockBytes, "binary");
    return hash("sha256", outer, "hex") as ContentRef;
  };
}

function padded(key: Buffer, pad: number): Buffer {
  const block = Buffer.alloc(blockBytes + 32, 0);
  key.copy(block, 0, 0, blockBytes);
  for (let index = 0; index < blockBytes; index += 1) block[index] = (block[index] ?? 0) ^ pad;
  return block;
}
