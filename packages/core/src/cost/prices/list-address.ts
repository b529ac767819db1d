import { createHash } from "node:crypto";

/** The address of a list as it may be shown: what is secret in one is in its query, or before its host. */
export function shownAddress(url: string): string {
  const address = URL.parse(url);
  return address === null ? "the address" : `${address.origin}${address.pathname}`;
}

/** Tells addresses apart without keeping what is secret in them. */
export const addressFingerprint = (url: string): string =>
  createHash("sha256").update(url).digest("hex");
