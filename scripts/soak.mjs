import { ensureInstalled, npm } from "./ensure-installed.mjs";

// What takes longer than a default run should: two writers and three readers for half a minute, a log of 256³ entries, and every law over cases drawn
// anew.

const seed = String(process.env.SPOOR_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`SPOOR_SEED=${seed} repeats this run`);
process.exitCode =
  (await ensureInstalled()) ||
  (await npm(["exec", "--", "vitest", "run"], { SPOOR_SOAK: "1", SPOOR_SEED: seed }));
