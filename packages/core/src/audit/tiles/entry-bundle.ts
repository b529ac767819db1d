import { Buffer } from "node:buffer";
import { AuditError } from "../audit-error.ts";

const lengthBytes = 2;
/** The length of an entry stands before it in two bytes. */
export const longestEntry = 65_535;

/** Entries as they are published, each after its length. Throws for one that is too long to be an entry of any tile log. */
export function encodeBundle(entries: readonly Uint8Array[]): Buffer {
  return Buffer.concat(entries.flatMap((entry) => [lengthOf(entry), entry]));
}

function lengthOf(entry: Uint8Array): Buffer {
  if (entry.length > longestEntry)
    throw new AuditError("ENTRY_TOO_LONG", `an entry of ${entry.length} bytes is too long`, {
      fix: `Keep entries within ${longestEntry} bytes: values belong into content, not into entries.`,
    });
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt16BE(entry.length);
  return length;
}

/** The entries of a bundle, as views of its bytes. Throws where the last one is not all there. */
export function decodeBundle(bundle: Uint8Array): readonly Uint8Array[] {
  const bytes = Buffer.from(bundle.buffer, bundle.byteOffset, bundle.byteLength);
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const start = at + lengthBytes;
    const end = start <= bytes.length ? start + bytes.readUInt16BE(at) : Infinity;
    if (end > bytes.length)
      throw new AuditError(
        "BUNDLE_MALFORMED",
        `expected a whole entry at byte ${at} of a bundle, received ${bytes.length - at} bytes`,
        { fix: "Fetch the bundle again; if it stays so, the log has been damaged." },
      );
    entries.push(bytes.subarray(start, end));
    at = end;
  }
  return entries;
}
