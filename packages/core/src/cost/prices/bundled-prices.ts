import { type PriceList, readProviders } from "./price-list.ts";

/** The library, and the version of it whose data is used. */
export const bundledName = "@pydantic/genai-prices 0.1.8";

/**
 * The list that came with the library. It is large, so it is imported here and nowhere else, when it is asked for. Of the library only the
 * data is used; it hands out what it has now, which is what it came with unless the application itself told it otherwise.
 */
export async function bundledPrices(): Promise<PriceList> {
  const { waitForUpdate } = await import("@pydantic/genai-prices");
  const providers = readProviders(await waitForUpdate());
  if (!providers) throw new TypeError(`${bundledName} has no price list that can be read`);
  return { source: "bundled", from: bundledName, providers };
}
