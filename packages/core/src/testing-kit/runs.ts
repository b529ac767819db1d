import process from "node:process";

/**
 * How many cases a law is tried on: a fifth of them by default, where the seed makes them the same ones every time, and all of them in a soak, which
 * draws them anew.
 */
export function runs(inSoak: number): number {
  return process.env["SPOOR_SOAK"] ? inSoak : Math.ceil(inSoak / 5);
}
