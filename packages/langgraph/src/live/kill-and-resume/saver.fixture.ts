import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import type { BaseCheckpointSaver } from "@langchain/langgraph";
import { FileSaver } from "./file-saver.fixture.ts";

const savers = ["file", "sqlite"] as const;
export type SaverName = (typeof savers)[number];

/** The folder in which the SQLite checkpointer is installed; only `npm run test:interop` has one. */
const folder = process.env["SPOOR_LANGGRAPH_SQLITE"];

/** Why the SQLite checkpointer cannot be tested; null: it can. */
export const whyNoSqlite: string | null =
  folder === undefined ? "SQLite runs with npm run test:interop" : null;

interface SqliteModule {
  readonly SqliteSaver: { fromConnString(path: string): BaseCheckpointSaver };
}

/** In the working directory. */
export async function openSaver(name: string): Promise<BaseCheckpointSaver> {
  if (name !== "sqlite") return new FileSaver("checkpoints");
  const place = join(
    folder ?? "",
    "node_modules/@langchain/langgraph-checkpoint-sqlite/dist/index.js",
  );
  const { SqliteSaver } = (await import(pathToFileURL(place).href)) as SqliteModule;
  return SqliteSaver.fromConnString("checkpoints.sqlite");
}
