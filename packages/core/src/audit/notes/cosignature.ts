import { Buffer } from "node:buffer";

/** The seconds since the epoch come first, in eight bytes. */
const timeLength = 8;

/** What a witness really signs: that it saw this checkpoint follow from all it had seen before, and when (tlog-cosignature, Ed25519). */
export function cosignedMessage(text: Uint8Array, seconds: number): Buffer {
  return Buffer.concat([Buffer.from(`cosignature/v1\ntime ${seconds}\n`), text]);
}

export function encodeCosignature(seconds: number, signature: Uint8Array): Buffer {
  const time = Buffer.alloc(timeLength);
  time.writeBigUInt64BE(BigInt(seconds));
  return Buffer.concat([time, signature]);
}

/** Null where there is no time that a number counts exactly. */
export function decodeCosignature(
  bytes: Uint8Array,
): { readonly seconds: number; readonly signature: Uint8Array } | null {
  if (bytes.length < timeLength) return null;
  const seconds = Number(Buffer.from(bytes).readBigUInt64BE());
  return Number.isSafeInteger(seconds) ? { seconds, signature: bytes.subarray(timeLength) } : null;
}
