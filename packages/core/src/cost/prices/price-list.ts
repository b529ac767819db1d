import { isRecord } from "../../vocabulary/json.ts";
import type { PriceSource } from "./price.ts";

/** Which names are meant. */
export type Match =
  | { readonly equals: string }
  | { readonly starts_with: string }
  | { readonly ends_with: string }
  | { readonly contains: string }
  | { readonly regex: string }
  | { readonly or: readonly Match[] }
  | { readonly and: readonly Match[] };

/** Dollars by charge, in the words of the list; whoever reads one checks it. */
export type ListedPrices = Readonly<Record<string, unknown>>;

/** Of several, the last one whose constraint holds counts. */
export interface DatedPrices {
  readonly constraint?: unknown;
  readonly prices: ListedPrices;
}

export interface ListedModel {
  readonly id: string;
  readonly match: Match;
  readonly prices: ListedPrices | readonly DatedPrices[];
}

export interface ListedProvider {
  readonly id: string;
  readonly provider_match?: Match;
  readonly model_match?: Match;
  /** Who has the prices of models that it sells and does not list. */
  readonly fallback_model_providers?: readonly string[];
  readonly models: readonly ListedModel[];
}

/** What models cost, in the form in which genai-prices publishes it: one form, whether it came with the library, over the network or from a file. */
export interface PriceList {
  readonly source: PriceSource;
  /** Which one it is, in words. */
  readonly from: string;
  readonly providers: readonly ListedProvider[];
}

/** Null where the value is no price list, or one of no model. Never throws. Prices are looked at when they are asked for. */
export function readProviders(value: unknown): readonly ListedProvider[] | null {
  if (!Array.isArray(value) || !value.every(isProvider)) return null;
  return value.some(({ models }) => models.length > 0) ? value : null;
}

function isProvider(value: unknown): value is ListedProvider {
  return (
    isRecord(value) &&
    typeof value["id"] === "string" &&
    isMatchOrMissing(value["provider_match"]) &&
    isMatchOrMissing(value["model_match"]) &&
    isListOfTexts(value["fallback_model_providers"] ?? []) &&
    Array.isArray(value["models"]) &&
    value["models"].every(isModel)
  );
}

function isModel(value: unknown): boolean {
  if (!isRecord(value) || typeof value["id"] !== "string" || !isMatch(value["match"])) return false;
  const { prices } = value;
  return Array.isArray(prices)
    ? prices.every((dated) => isRecord(dated) && isRecord(dated["prices"]))
    : isRecord(prices);
}

const isMatchOrMissing = (value: unknown): boolean =>
  value === undefined || value === null || isMatch(value);

/** Lists nest three deep: whoever goes on for ever, has no list. */
const deepest = 32;

function isMatch(value: unknown, depth: number = 0): value is Match {
  if (!isRecord(value) || depth > deepest) return false;
  const { or, and, regex, ...texts } = value;
  return (
    [or, and].every(
      (all) =>
        all === undefined || (Array.isArray(all) && all.every((one) => isMatch(one, depth + 1))),
    ) &&
    (regex === undefined || isPattern(regex)) &&
    Object.values(texts).every((text) => typeof text === "string")
  );
}

function isPattern(value: unknown): boolean {
  try {
    return typeof value === "string" && new RegExp(value, "u") instanceof RegExp;
  } catch {
    return false;
  }
}

const isListOfTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((member) => typeof member === "string");
