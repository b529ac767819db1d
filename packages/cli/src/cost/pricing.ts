import { type Config, ConfigError, type ContentReader, type SessionView } from "@spoor/core";
import type { CostOf, OpenedPrices, PriceBook, PriceSettings } from "@spoor/core/cost";
import { configHere } from "../config-here.ts";
import type { Io } from "../io.ts";
import { warn } from "../printing/output.ts";

/** What commands price with. */
export interface Pricing {
  readonly book: PriceBook;
  /** For the report of one session: `sessionReport(view, content, { cost: costOf(view, content) })`. */
  readonly costOf: (view: SessionView, content: ContentReader) => CostOf;
  /** Lets a newer price list arrive for the next time, where one is under way. To be awaited last, when all is printed. */
  readonly settled: () => Promise<void>;
}

/**
 * The prices that a config asks for, that of this directory where none is known yet. A price list is large, so it is imported when this is called, and commands that do not
 * call it need not wait for it.
 */
export async function pricing(io: Io, known: Config | null): Promise<Pricing> {
  const { costOf } = await import("@spoor/core/cost");
  const { book, notes, refreshed } = await openedPrices(
    known === null ? await settingsIn(io) : (known.prices ?? {}),
    io,
  );
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

/** As far as they can be used: without a list that cannot be read prices of one's own still count, and without those the bundled ones do. */
async function openedPrices(settings: PriceSettings, io: Io): Promise<OpenedPrices> {
  const { openPrices } = await import("@spoor/core/cost");
  const world = { now: io.now, environment: io.env };
  const { file, ...others } = settings;
  const reasons = new Set<string>();
  for (const usable of file === undefined ? [settings] : [settings, others])
    try {
      const opened = await openPrices(usable, world);
      return { ...opened, notes: [...[...reasons].map(insteadOf), ...opened.notes] };
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      reasons.add(error.message);
    }
  const opened = await openPrices({}, world);
  return { ...opened, notes: [...reasons].map(insteadOf) };
}

const insteadOf = (reason: string): string => `bundled prices are used, because ${reason}`;

/** A record can be read whatever the config says: one that cannot be used costs nothing but its own prices. */
async function settingsIn(io: Io): Promise<PriceSettings> {
  try {
    const { prices = {} } = await configHere(io);
    return prices;
  } catch (error) {
    if (!ConfigError.is(error)) throw error;
    warn(io, insteadOf(error.message));
    return {};
  }
}
