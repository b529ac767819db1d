import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { bundledName, bundledPrices } from "./bundled-prices.ts";
import { fetchList, publishedList } from "./fetch-list.ts";
import { addressFingerprint, shownAddress } from "./list-address.ts";
import { dayOf } from "./price.ts";
import { createPriceBook, type PriceBook } from "./price-book.ts";
import { type FetchedList, priceCache, type PriceCache } from "./price-cache.ts";
import { type PriceList, readProviders } from "./price-list.ts";
import type { PriceSettings } from "./price-settings.ts";

/** What opening reads besides the settings. */
export interface PriceWorld {
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** What became of fetching a newer list. */
export type Refreshed = "fetched" | { readonly failed: string };

export interface OpenedPrices {
  readonly book: PriceBook;
  /** What was left out, a sentence each. */
  readonly notes: readonly string[];
  /** Where a newer list is being fetched: it counts from the next opening on. Never rejects; null: none is due, or none is allowed. */
  readonly refreshed: Promise<Refreshed> | null;
}

/**
 * The prices that settings ask for: the bundled list, a fetched one where that is allowed and there, or a file; prices of one's own above it.
 * Waits for no network: a newer list is fetched meanwhile, at most once a day. Rejects where settings state no price, or name no price list.
 */
export async function openPrices(
  settings: PriceSettings = {},
  { now = Date.now, environment = process.env }: PriceWorld = {},
): Promise<OpenedPrices> {
  const { models, pinnedTo, file, refresh = false } = settings;
  const bookOf = (list: PriceList): PriceBook =>
    createPriceBook({
      list,
      ...(models === undefined ? {} : { own: models }),
      ...(pinnedTo === undefined ? {} : { pinnedTo }),
    });
  if (file !== undefined) return { book: bookOf(listIn(file)), notes: [], refreshed: null };
  if (refresh === false) return { book: bookOf(await bundledPrices()), notes: [], refreshed: null };
  const url = refresh === true ? publishedList : refresh;
  const cache = priceCache(cacheFolder(environment));
  const cached = cache.read();
  const known = typeof cached === "string" || !isOfUse(cached, url) ? null : cached;
  return {
    book: bookOf(known ? refreshedList(known, url) : await bundledPrices()),
    notes:
      cached === "unreadable"
        ? [`the price list in ${cache.file} cannot be read: it is left out`]
        : [],
    refreshed: isDue(known, cache.attemptedAt(addressFingerprint(url)), now())
      ? refreshing(url, cache, now())
      : null,
  };
}

/** Where fetched lists are kept: for all projects of a user together. */
function cacheFolder(environment: NonNullable<PriceWorld["environment"]>): string {
  const home = environment["HOME"] || homedir();
  return join(environment["XDG_CACHE_HOME"] || join(home, ".cache"), "spoor");
}

/** Of the address that is asked for, and not older than what came with the library since. */
const isOfUse = (cached: FetchedList, url: string): boolean =>
  cached.address === addressFingerprint(url) && cached.beside === bundledName;

const dayMs = 86_400_000;

/** A clock that was set back must not keep a list for ever. */
function isDue(known: FetchedList | null, attemptedAt: number | null, now: number): boolean {
  return [known?.fetchedAt, attemptedAt].every(
    (ms) => ms === undefined || ms === null || ms > now || now - ms >= dayMs,
  );
}

async function refreshing(url: string, cache: PriceCache, now: number): Promise<Refreshed> {
  try {
    const address = addressFingerprint(url);
    cache.attempt(now, address);
    const providers = await fetchList(url);
    cache.write({ fetchedAt: now, address, beside: bundledName, providers });
    return "fetched";
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}

function refreshedList({ fetchedAt, providers }: FetchedList, url: string): PriceList {
  return { source: "refreshed", from: `${shownAddress(url)} of ${dayOf(fetchedAt)}`, providers };
}

function listIn(file: string): PriceList {
  const providers = readProviders(valueIn(file));
  if (!providers) throw new TypeError(`${file} is no price list in the form of genai-prices`);
  return { source: "file", from: file, providers };
}

function valueIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TypeError(`the price list ${file} cannot be read: ${reason}`, { cause });
  }
}
