import { readFileSync } from "node:fs";
import { join } from "node:path";
import { nodeFileSystem } from "../../journal/disk/file-system.ts";
import { isMissing } from "../../journal/disk/journal-error.ts";
import { replaceFile } from "../../journal/disk/replace-file.ts";
import { isoTime } from "../../report/iso-time.ts";
import { isRecord } from "../../vocabulary/json.ts";
import { type ListedProvider, readProviders } from "./price-list.ts";

/** A list as it was fetched. */
export interface FetchedList {
  readonly fetchedAt: number;
  /** Which address it came from, by its fingerprint. */
  readonly address: string;
  /** The bundled list of the time: with a newer one, this one may be the older of the two. */
  readonly beside: string;
  readonly providers: readonly ListedProvider[];
}

/** `unreadable`: there is something that is no list. */
export type CachedList = FetchedList | "none" | "unreadable";

/** The fetched list on disk, and when the last attempt was made: two small files of a folder that may be deleted at any time. */
export interface PriceCache {
  readonly file: string;
  /** Never throws. */
  read(): CachedList;
  /** Whole or not at all. Throws what the disk says. */
  write(list: FetchedList): void;
  /** When somebody last tried to fetch from an address, whatever came of it; null: not that one. Never throws. */
  attemptedAt(address: string): number | null;
  /** Throws what the disk says. */
  attempt(now: number, address: string): void;
}

export function priceCache(folder: string): PriceCache {
  const file = join(folder, "prices.json");
  const attemptFile = join(folder, "prices.attempted");
  return {
    file,
    read: () => cachedList(file),
    write: (list) => {
      replaceFile(nodeFileSystem, file, JSON.stringify(list));
    },
    attemptedAt: (address) => {
      const [time = "", attempted] = (textOf(attemptFile) ?? "").split(" ");
      return attempted === address ? timeIn(time) : null;
    },
    attempt: (now, address) => {
      replaceFile(nodeFileSystem, attemptFile, `${new Date(now).toISOString()} ${address}`);
    },
  };
}

function cachedList(file: string): CachedList {
  const text = textOf(file);
  return text === null ? "none" : (listIn(text) ?? "unreadable");
}

function listIn(text: string): FetchedList | null {
  const kept = parsed(text);
  if (!isRecord(kept)) return null;
  const { fetchedAt, address, beside } = kept;
  if (typeof fetchedAt !== "number" || isoTime(fetchedAt) === null) return null;
  if (typeof address !== "string" || typeof beside !== "string") return null;
  const providers = readProviders(kept["providers"]);
  return providers && { fetchedAt, address, beside, providers };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Null where there is none. What is there and cannot be read is as good as damaged. */
function textOf(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    return isMissing(error) ? null : "";
  }
}

function timeIn(text: string): number | null {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}
