import type { Medium } from "../medium.ts";
import { map, pairs, rawList, webHeaders } from "./entries.ts";
import { record } from "./record.ts";

/** Tells by its shape what was given; null where it is nothing that fields can lie in. May throw what a hostile object throws. */
export function mediumOf(given: unknown): Medium<unknown> | null {
  if (typeof given !== "object" || given === null || ArrayBuffer.isView(given)) return null;
  if (isMedium(given)) return given;
  if (given instanceof Headers) return webHeaders(given);
  if (given instanceof Map) return map(given);
  if (Array.isArray(given)) return typeof given[0] === "string" ? rawList(given) : pairs(given);
  if (isIterable(given)) return pairs(given);
  return record(given as Readonly<Record<string, unknown>>);
}

function isMedium(given: object): given is Medium<unknown> {
  return (
    "given" in given &&
    "valuesOf" in given &&
    "filledWith" in given &&
    typeof given.valuesOf === "function" &&
    typeof given.filledWith === "function"
  );
}

function isIterable(given: object): given is Iterable<unknown> {
  return Symbol.iterator in given && typeof given[Symbol.iterator] === "function";
}
