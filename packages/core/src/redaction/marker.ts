import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import type { JsonValue } from "../vocabulary/json.ts";

/** What stands in the place of what was found. */
export type Replacement = (rule: string, found: JsonValue) => string;

const marker = /^\[(?:redacted|withheld):[a-z0-9-]{1,40}\]$|^\[(?:[a-z0-9-]{1,40}):[0-9a-f]{12}\]$/;
const longestMarker = 60;

const markerHere = new RegExp(marker.source.replaceAll(/[$^]/g, ""), "y");

/** A marker begins at this place of a text. */
export function isMarkerAt(text: string, at: number): boolean {
  markerHere.lastIndex = at;
  return markerHere.test(text);
}

/** A text that a redactor has put there: it is left alone, so that redacting twice is redacting once. */
export function isMarker(text: string): boolean {
  return text.length <= longestMarker && text.startsWith("[") && marker.test(text);
}

/** Nothing of what stood there is left to be taken out. */
export function isReplaced(value: JsonValue): boolean {
  return typeof value === "string" && isMarker(value);
}

/** Where a part of a text is left out, here or for a moment: nothing that began before it ends behind it. */
export const cutHere: RegExp = /\n(?:\[cut: \d+ characters\]|\0cut \d+\0)\n/;

export const redacted: Replacement = (rule) => `[redacted:${rule}]`;

export const withheld = (kind: string): string => `[withheld:${kind}]`;

/** Fewer can be tried out, and then the pseudonyms of all known addresses be told. */
const fewestKeyBytes = 16;

/**
 * The same text under the same key has the same pseudonym; without the key nobody can tell which text it was. Throws a `TypeError` for a key that
 * could be guessed.
 */
export function pseudonymUnder(key: string | Uint8Array): Replacement {
  const bytes = lengthOf(key);
  if (bytes === null || bytes < fewestKeyBytes)
    throw new TypeError(
      `expected a key of pseudonyms of at least ${fewestKeyBytes} bytes, received ${bytes === null ? "none" : `one of ${bytes}`}: make one at random, such as openssl rand -hex 32 does, and keep it apart from the journal`,
    );
  return (rule, found) => {
    const name = createHmac("sha256", key)
      .update(`${rule}\n${normal(rule, found)}`)
      .digest("hex");
    return `[${rule}:${name.slice(0, 12)}]`;
  };
}

/** In bytes. Null: it is no key, as a variable is not that nobody has set. */
function lengthOf(key: unknown): number | null {
  if (typeof key === "string") return Buffer.byteLength(key);
  return key instanceof Uint8Array ? key.byteLength : null;
}

/** However it was written. */
function normal(rule: string, found: JsonValue): string {
  const text = typeof found === "string" ? found : JSON.stringify(found);
  if (rule === "email") return text.toLowerCase();
  return rule === "card" ? text.replaceAll(/\D/g, "") : text;
}
