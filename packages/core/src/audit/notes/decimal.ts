/** A number that its text did not give. The words follow the name of what was read. */
export interface NoDecimal {
  readonly fault: string;
}

/**
 * A size or an index as logs spell it: decimal, without sign or leading zero. What a number does not count exactly, from 2^53 on, is
 * refused: a size that is nearly right is another tree's.
 */
export function parseDecimal(text: string): number | NoDecimal {
  if (!/^\d+$/.test(text)) return { fault: "is no decimal number" };
  if (text.length > 1 && text.startsWith("0")) return { fault: "has a leading zero" };
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : { fault: "is beyond 2^53 - 1" };
}
