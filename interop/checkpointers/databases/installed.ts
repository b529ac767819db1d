import process from "node:process";

/** Where `run.mjs` has put something, or what it has found on this machine. Throws where it was not asked to. */
export function installed(what: string): string {
  const path = process.env[`SPOOR_INTEROP_${what.toUpperCase()}`];
  if (path) return path;
  throw new Error(`${what} is not there: start this with node scripts/interop-checkpointers.mjs`);
}
