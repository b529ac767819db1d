import { existsSync, readFileSync, writeFileSync } from "node:fs";

interface Row {
  readonly config: { readonly configurable: Readonly<Record<string, string>> };
  readonly checkpoint: { readonly id: string };
  readonly metadata: unknown;
  readonly parentConfig?: unknown;
  readonly pendingWrites: readonly unknown[];
}

type Config = { readonly configurable: Readonly<Record<string, string>> };

/** A checkpointer whose database is one file of JSON, so that a test can do to it what others do to databases. */
export function fileSaver(path: string): object {
  const rows = (): Row[] => (existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : []);
  return {
    put: async (config: Config, checkpoint: { readonly id: string }, metadata: unknown) => {
      const {
        thread_id: thread = "",
        checkpoint_ns: namespace = "",
        checkpoint_id: parent,
      } = config.configurable;
      const at = { thread_id: thread, checkpoint_ns: namespace };
      const row: Row = {
        config: { configurable: { ...at, checkpoint_id: checkpoint.id } },
        checkpoint,
        metadata,
        ...(parent === undefined
          ? {}
          : { parentConfig: { configurable: { ...at, checkpoint_id: parent } } }),
        pendingWrites: [],
      };
      writeFileSync(path, JSON.stringify([...rows(), row]));
      return row.config;
    },
    putWrites: async () => undefined,
    getTuple: async ({ configurable }: Config) =>
      rows().find(({ checkpoint }) => checkpoint.id === configurable["checkpoint_id"]),
    async *list({ configurable }: Config) {
      for (const row of rows())
        if (row.config.configurable["thread_id"] === configurable["thread_id"]) yield row;
    },
  };
}
