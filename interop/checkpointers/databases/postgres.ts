import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import type { Checkpointers, OpenedTables } from "./checkpointers.ts";
import { startPostgres } from "./postgres-server.ts";

/** What is used of `pg`, and of what stands in for it. */
export interface Pool {
  query(statement: string, values?: readonly unknown[]): Promise<unknown>;
  end(): Promise<void>;
}
interface PostgresSaver extends BaseCheckpointSaver {
  setup(): Promise<void>;
  end(): Promise<void>;
}
interface PostgresModule {
  readonly PostgresSaver: new (
    pool: unknown,
    serializer: undefined,
    options: { readonly schema: string },
  ) => PostgresSaver;
}
interface PgModule {
  readonly default: { readonly Pool: new (options: object) => Pool };
}

/** They are installed in this folder, and only for these tests. */
const packages = { saver: "@langchain/langgraph-checkpoint-postgres", pg: "pg" };

const moduleUrl = new URL(`../node_modules/${packages.saver}/dist/index.js`, import.meta.url).href;

/** Each in a schema of one database of a real server. */
export async function postgres(): Promise<Checkpointers<OpenedTables>> {
  const server = await startPostgres();
  let count = 0;
  return {
    name: packages.saver,
    open: async () => {
      const schema = `schema${++count}`;
      const address = `${server.url}#${schema}`;
      const { saver, pool } = await openPostgres(address);
      return {
        saver,
        address,
        application: `import { PostgresSaver } from "${moduleUrl}";\nexport default PostgresSaver.fromConnString("${server.url}", { schema: "${schema}" });\n`,
        change: async (statements) => touchedIn(await pool.query(statements)),
        close: () => pool.end(),
      };
    },
    stop: () => server.stop(),
  };
}

/** `address`: of the server, and after a # the schema, which is made where there is none. */
export async function openPostgres(address: string): Promise<{ saver: PostgresSaver; pool: Pool }> {
  const [connectionString, schema = "public"] = address.split("#");
  const { default: pg } = (await import(/* @vite-ignore */ packages.pg)) as PgModule;
  const options = `-c search_path=${schema}`;
  const pool = new pg.Pool({ connectionString, options, max: 4 });
  return { saver: await saverOn(pool, schema), pool };
}

export async function saverOn(pool: Pool, schema: string): Promise<PostgresSaver> {
  const { PostgresSaver } = (await import(/* @vite-ignore */ packages.saver)) as PostgresModule;
  const saver = new PostgresSaver(pool, undefined, { schema });
  await saver.setup();
  return saver;
}

interface Answer {
  readonly command: string;
  readonly rowCount: number | null;
}

function touchedIn(answers: unknown): number {
  return [answers as Answer | readonly Answer[]]
    .flat()
    .filter(({ command }) => ["INSERT", "UPDATE", "DELETE"].includes(command))
    .reduce((sum, { rowCount }) => sum + (rowCount ?? 0), 0);
}
