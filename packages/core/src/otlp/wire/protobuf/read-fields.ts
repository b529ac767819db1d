/** What stands behind a field's number: a whole number, or bytes. */
export type FieldValue = bigint | Uint8Array;

/**
 * The fields of a message by number, the last one of each. For answers, of which only a word or two matter: what cannot be read, and all
 * behind it, is left out.
 */
export function fieldsIn(bytes: Uint8Array): ReadonlyMap<number, FieldValue> {
  const fields = new Map<number, FieldValue>();
  let at = 0;
  const varint = (): bigint | null => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at];
      if (byte === undefined) return null;
      at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    return null;
  };
  const bytesOf = (size: number): Uint8Array | null => {
    if (size > bytes.length - at) return null;
    at += size;
    return bytes.subarray(at - size, at);
  };
  const valueOf = (wire: bigint): FieldValue | null => {
    if (wire === 0n) return varint();
    if (wire === 1n) return bytesOf(8);
    if (wire === 5n) return bytesOf(4);
    const size = wire === 2n ? varint() : null;
    return size === null ? null : bytesOf(Number(size));
  };
  while (at < bytes.length) {
    const tag = varint();
    const value = tag === null ? null : valueOf(tag & 7n);
    if (tag === null || value === null) break;
    fields.set(Number(tag >> 3n), value);
  }
  return fields;
}
