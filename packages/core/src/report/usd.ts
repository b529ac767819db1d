/** Dollars, exactly: a whole number of 10⁻³⁰ dollars, which is finer than any price of one token. Sums of it never drift. */
export type Usd = bigint;

const decimals = 30;
const one = 10n ** BigInt(decimals);

interface Decimal {
  readonly digits: bigint;
  /** The number is `digits` × 10^`exponent`. */
  readonly exponent: number;
}

/** The shortest decimal that reads back as this number: what somebody wrote, not the binary fraction behind it. */
function decimalOf(value: number): Decimal | null {
  const written = /^(-?\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value));
  if (!written) return null;
  const [, whole = "", fraction = "", power = "0"] = written;
  return { digits: BigInt(whole + fraction), exponent: Number(power) - fraction.length };
}

/** An amount that somebody states. Beyond 30 decimals it is cut; null where it is no amount. */
export function statedUsd(dollars: number): Usd | null {
  const decimal = decimalOf(dollars);
  if (!decimal) return null;
  const shift = decimal.exponent + decimals;
  return shift >= 0
    ? decimal.digits * 10n ** BigInt(shift)
    : decimal.digits / 10n ** BigInt(-shift);
}

/** So that a tenth more, or half, of a price is exact as well. */
const spareDecimals = 2;

/** What one costs where 10^`power` cost so many dollars. Null where that is no price, or has more decimals than can be kept. */
export function priceOfOne(dollars: number, power: number): Usd | null {
  const decimal = dollars >= 0 ? decimalOf(dollars) : null;
  if (!decimal) return null;
  const shift = decimal.exponent + decimals - power;
  return shift >= spareDecimals ? decimal.digits * 10n ** BigInt(shift) : null;
}

/** Null where none is known: what is unknown is left out, and never counts as zero. */
export function sumOf(amounts: Iterable<Usd | null>): Usd | null {
  let sum: Usd | null = null;
  for (const amount of amounts) sum = plus(sum, amount);
  return sum;
}

/** Of two amounts as far as they are known. */
export function plus(left: Usd | null, right: Usd | null): Usd | null {
  if (left === null || right === null) return left ?? right;
  return left + right;
}

/** All of its decimals, as in `0.0036231`. */
export function exactText(usd: Usd): string {
  const size = usd < 0n ? -usd : usd;
  const fraction = String(size % one)
    .padStart(decimals, "0")
    .replace(/0+$/, "");
  const whole = `${usd < 0n ? "-" : ""}${size / one}`;
  return fraction === "" ? whole : `${whole}.${fraction}`;
}

/** The nearest number: for those who count no further. */
export const nearestNumber = (usd: Usd): number => Number(exactText(usd));
