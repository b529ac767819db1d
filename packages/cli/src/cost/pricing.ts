import { ConfigError, type ContentReader, resolveConfig, type SessionView } from "@spoor/core";
import type { CostOf, PriceBook, PriceSettings } from "@spoor/core/cost";
import type { Io } from "../io.ts";
import { warn } from "../output.ts";

/** What commands price with. */
export interface Pricing {
  readonly book: PriceBook;
  /** For the report of one session: `sessionReport(view, content, { cost: costOf(view, content) })`. */
  readonly costOf: (view: SessionView, content: ContentReader) => CostOf;
  /** Lets a newer price list arrive for the next time, where one is under way. To be awaited last, when all is printed. */
  readonly settled: () => Promise<void>;
}

/**
 * The prices that the config of this directory asks for. A price list is large, so it is imported when this is called, and commands that do not
 * call it need not wait for it.
 */
export async function pricing(io: Io): Promise<Pricing> {
  const { costOf, openPrices } = await import("@spoor/core/cost");
  const { book, notes, refreshed } = await openPrices(await settingsIn(io), {
    now: io.now,
    environment: io.env,
  });
  for (const note of notes) warn(io, note);
  return {
    book,
    costOf: (view, content) => costOf(view, { book, content }),
    settled: async () => {
      const outcome = await refreshed;
      if (outcome !== null && outcome !== "fetched")
        warn(io, `no newer prices could be fetched, so these ones stand: ${outcome.failed}`);
    },
  };
}

/** A record can be read whatever the config says: one that cannot be used costs nothing but its own prices. */
async function settingsIn(io: Io): Promise<PriceSettings> {
  try {
    const { config } = await resolveConfig({ dir: io.cwd, environment: io.env });
    return config.prices ?? {};
  } catch (error) {
    if (!ConfigError.is(error)) throw error;
    warn(io, `bundled prices are used, because ${error.message}`);
    return {};
  }
}
