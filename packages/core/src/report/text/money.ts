import type { CostReport } from "../report.ts";

/** US dollars: cents from a dollar on, else hundredths of a cent, because a turn costs cents. What is less than that is not nothing. */
export function dollarsText(usd: number): string {
  const size = Math.abs(usd);
  const sign = usd < 0 ? "\u2212" : "";
  if (size > 0 && size < 0.000_05) return `${sign}<$0.0001`;
  return `${sign}$${(size >= 1 ? inCents : inHundredthsOfACent).format(size)}`;
}

const withDigits = (digits: number): Intl.NumberFormat =>
  new Intl.NumberFormat("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });

const inCents = withDigits(2);
const inHundredthsOfACent = withDigits(4);

/** A sum by our prices, as far as it says how whole it is. */
export type Priced = Pick<CostReport, "usd"> & Partial<CostReport>;

/**
 * By our prices; at least, where some of it has none, or where not everything that was used was counted (`isCounted`); empty where nothing has
 * one.
 */
export function costText(cost: Priced, isCounted: boolean = true): string {
  if (cost.usd === null) return "";
  const isWhole = isCounted && withoutPrice(cost) === 0;
  return `${isWhole ? "" : "\u2265"}${dollarsText(cost.usd)}`;
}

const withoutPrice = ({ unpriced = 0, unpricedRests = 0 }: Partial<CostReport>): number =>
  unpriced + unpricedRests;
