import process from "node:process";
import type { Checkpointers, OpenedTables } from "./checkpointers.ts";
import { memory } from "./memory.ts";
import { pglite } from "./pglite.ts";
import { postgres } from "./postgres.ts";
import { redis } from "./redis.ts";
import { sqlite } from "./sqlite.ts";

const withTables = { sqlite, postgres };
const kinds = { ...withTables, memory: () => memory, pglite, redis };

/** The one that this run is about. */
export const wanted: string = process.env["SPOOR_INTEROP_DATABASE"] ?? "memory";

export const started = async (): Promise<Checkpointers> => named(kinds)();

export const startedWithTables = async (): Promise<Checkpointers<OpenedTables>> =>
  named<() => Checkpointers<OpenedTables> | Promise<Checkpointers<OpenedTables>>>(withTables)();

function named<Start>(starts: Readonly<Record<string, Start>>): Start {
  const start = starts[wanted];
  if (start) return start;
  throw new Error(`there is no ${wanted} here: ${Object.keys(starts).join(", ")}`);
}
