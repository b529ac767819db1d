import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import type { Checkpointers, OpenedTables } from "./checkpointers.ts";
import { installed } from "./installed.ts";

interface SqliteSaver extends BaseCheckpointSaver {
  readonly db: {
    prepare(statement: string): { pluck(): { get(): unknown } };
    exec(statements: string): void;
    close(): void;
  };
}
interface SqliteModule {
  readonly SqliteSaver: { fromConnString(path: string): SqliteSaver };
}

/** Each in a file, which any process may open. */
export function sqlite(): Checkpointers<OpenedTables> {
  return {
    name: "@langchain/langgraph-checkpoint-sqlite",
    open: async () => {
      const folder = mkdtempSync(join(tmpdir(), "spoor-sqlite-"));
      const address = join(folder, "checkpoints.sqlite");
      const saver = await openSqlite(address);
      const touched = (): number =>
        Number(saver.db.prepare("SELECT total_changes()").pluck().get());
      return {
        saver,
        address,
        application: `import { SqliteSaver } from "${moduleUrl()}";\nexport default SqliteSaver.fromConnString(${JSON.stringify(address)});\n`,
        change: async (statements) => {
          const before = touched();
          saver.db.exec(statements);
          return touched() - before;
        },
        close: async () => {
          saver.db.close();
          rmSync(folder, { recursive: true, force: true });
        },
      };
    },
    stop: () => Promise.resolve(),
  };
}

export async function openSqlite(path: string): Promise<SqliteSaver> {
  const { SqliteSaver } = (await import(moduleUrl())) as SqliteModule;
  return SqliteSaver.fromConnString(path);
}

function moduleUrl(): string {
  const module = "node_modules/@langchain/langgraph-checkpoint-sqlite/dist/index.js";
  return pathToFileURL(join(installed("sqlite"), module)).href;
}
