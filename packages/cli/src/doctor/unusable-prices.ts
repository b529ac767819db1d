import type { PriceSettings } from "@spoor/core/cost";

/** Why these prices cannot be used; null where they can, or where nobody asks for any. Fetches nothing, whatever they allow. */
export async function unusablePrices(settings: PriceSettings | undefined): Promise<string | null> {
  if (settings === undefined) return null;
  const { openPrices } = await import("@spoor/core/cost");
  try {
    await openPrices({ ...settings, refresh: false });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
