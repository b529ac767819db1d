import type { BaseCheckpointSaver } from "@langchain/langgraph";
import { openPostgres } from "../databases/postgres.ts";
import { openSqlite } from "../databases/sqlite.ts";

/** The checkpointer that lies at an address: of a server, or a file. */
export async function opened(address: string): Promise<BaseCheckpointSaver> {
  if (!address.startsWith("postgres:")) return openSqlite(address);
  const { saver } = await openPostgres(address);
  return saver;
}
