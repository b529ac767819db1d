import type { SpanPrice } from "../cost/span-price.ts";
import { ExportFailure } from "../pipeline/export-failure.ts";

/** What spans cost; or `server`: no price is sent, and Langfuse works one out by its own list. */
export type Cost = SpanPrice | "server";

/** Null: no price is sent. Throws an `ExportFailure` where the prices cannot be read: what waits for them is not sent without. */
export type Prices = () => Promise<SpanPrice | null>;

/** Else by the price list that comes with this package: it is large, so it is read when it is asked for. */
export function pricesBy(cost: Cost | undefined): Prices {
  if (cost === "server") return () => Promise.resolve(null);
  if (cost !== undefined) return () => Promise.resolve(cost);
  let reading: Promise<SpanPrice> | null = null;
  return async () => {
    reading ??= bundled();
    try {
      return await reading;
    } catch (cause) {
      reading = null;
      const message = "the prices that come with this package cannot be read";
      throw new ExportFailure(message, { retry: "same", answered: true, cause });
    }
  };
}

async function bundled(): Promise<SpanPrice> {
  const [{ openPrices }, { pricesFrom }] = await Promise.all([
    import("../cost/prices/open-prices.ts"),
    import("../cost/span-price.ts"),
  ]);
  const { book } = await openPrices();
  return pricesFrom(book);
}
