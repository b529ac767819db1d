import { randomBytes } from "node:crypto";
import type { NewKey } from "./lane-key.ts";

const seedLength = 32;

/** A key that nobody has, under a name that no other log has. */
export function randomKey(): NewKey {
  return { name: `spoor/${randomBytes(8).toString("hex")}`, seed: randomBytes(seedLength) };
}
