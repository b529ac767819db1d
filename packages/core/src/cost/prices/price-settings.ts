import type { OwnPrices } from "./own-prices.ts";

/** Which prices count. */
export interface PriceSettings {
  /** Prices of your own, by model: they win over every list. */
  readonly models?: OwnPrices;
  /** Every call is priced as of this day (`2026-01-31`, UTC). Else: as of the day of the call. */
  readonly pinnedTo?: string;
  /** A price list to be used instead of the one that is bundled, in the form in which genai-prices publishes it. */
  readonly file?: string;
  /** Whether a newer list may be fetched in the background, at most daily; or from which address. Nothing of the record is sent. Default: false. */
  readonly refresh?: boolean | string;
}
