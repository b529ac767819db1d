import type { Checkpointers } from "./checkpointers.ts";
import { type Pool, saverOn } from "./postgres.ts";

interface PgliteModule {
  readonly PGlite: new () => Pglite;
}
interface Pglite {
  query(statement: string, values?: readonly unknown[]): Promise<unknown>;
  close(): Promise<void>;
}

const engine = "@electric-sql/pglite";

/** Each in a schema of one PostgreSQL that runs within this process. */
export async function pglite(): Promise<Checkpointers> {
  const { PGlite } = (await import(/* @vite-ignore */ engine)) as PgliteModule;
  const database = new PGlite();
  const pool = poolOf(database);
  let count = 0;
  return {
    name: "@langchain/langgraph-checkpoint-postgres",
    open: async () => ({
      saver: await saverOn(pool, `schema${++count}`),
      close: () => Promise.resolve(),
    }),
    stop: () => database.close(),
  };
}

/** A pool as `pg` has it: one connection, which one client has at a time. */
function poolOf(database: Pglite): Pool & { connect(): Promise<unknown> } {
  let last: Promise<void> = Promise.resolve();
  const connect = async () => {
    const before = last;
    const { promise, resolve } = Promise.withResolvers<void>();
    last = promise;
    await before;
    return {
      query: (statement: string, values?: readonly unknown[]) => database.query(statement, values),
      release: resolve,
    };
  };
  return {
    connect,
    query: async (statement, values) => {
      const client = await connect();
      try {
        return await client.query(statement, values);
      } finally {
        client.release();
      }
    },
    end: () => Promise.resolve(),
  };
}
