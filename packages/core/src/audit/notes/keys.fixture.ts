import { Buffer } from "node:buffer";
import type { SigningKey } from "./signer.ts";

/** A key that everybody knows: its seed is its name, over and over. */
export function knownKey(name: string): SigningKey {
  return { name, seed: Buffer.alloc(32, name) };
}
