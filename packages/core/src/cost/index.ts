/*
 * What model calls cost.
 *
 *   const { book } = await openPrices(config.prices);        // once
 *   const ledger = ledgerOf(view, content, book);            // a session: a line for each model call
 *   const { usd, unknownCalls, reportedUsd } = sumUp(ledger);
 */
export { bundledPrices } from "./prices/bundled-prices.ts";
export type { CostOf, SpanCost } from "../report/cost-report.ts";
export { costOf } from "./cost-of.ts";
export { type CostSum, type Said, sumUp } from "./cost-sum.ts";
export type { Assumption } from "./counts.ts";
export type { Account, Ledger, LedgerLine, ReportedLine, UncountedLine } from "./ledger.ts";
export { ledgerOf } from "./ledger.ts";
export { ledgerSince } from "./ledger-since.ts";
export {
  type CostLineReport,
  type CostSumReport,
  type CostSumsReport,
  lineReport,
  sumsReport,
} from "./ledger-report.ts";
export { type OpenedPrices, openPrices, type PriceWorld } from "./prices/open-prices.ts";
export type { OwnPrice, OwnPrices } from "./prices/own-prices.ts";
export type {
  Charge,
  Price,
  PriceQuestion,
  PriceSource,
  PriceTag,
  Rate,
  Rates,
  Unknown,
} from "./prices/price.ts";
export { createPriceBook, type PriceBook, type PriceBookOptions } from "./prices/price-book.ts";
export { type Charged, type Cost, type CostPart, priceCall } from "./price-call.ts";
export type { PriceList } from "./prices/price-list.ts";
export type { PriceSettings } from "./prices/price-settings.ts";
export type { StatedRate } from "./prices/rate.ts";
export type { Pricing } from "./span-cost.ts";
export { pricesFrom, type SpanPrice } from "./span-price.ts";
export {
  type CostGroup,
  type CostKey,
  costKeys,
  type CostSums,
  type CostTally,
  costTally,
  rollUp,
} from "./tally.ts";
export type { ReportedIn } from "./reported.ts";
export type { Terms } from "./terms.ts";
export { exactText, nearestNumber, statedUsd, type Usd } from "../report/usd.ts";
