import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePorts } from "./free-ports.ts";
import { installed } from "./installed.ts";
import { type ServerProcess, startServer } from "./server-process.ts";

export interface Phoenix extends ServerProcess {
  readonly tracesUrl: string;
  readonly address: string;
  /** The spans of a project, once there are so many; it takes them in some time after it has answered. */
  spans(project: string, count: number): Promise<readonly PhoenixSpan[]>;
  graphql<Data>(query: string): Promise<Data>;
}

export interface PhoenixSpan {
  readonly context: { readonly trace_id: string; readonly span_id: string };
  readonly parent_id: string | null;
  readonly name: string;
  readonly span_kind: string;
  readonly status_code: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

interface Page {
  readonly data: readonly PhoenixSpan[];
  readonly next_cursor: string | null;
}

const serve = fileURLToPath(new URL("../phoenix/serve.py", import.meta.url));
const patienceMs = 20_000;

export async function startPhoenix(folder: string): Promise<Phoenix> {
  const [http, grpc] = await freePorts(2);
  const address = `http://127.0.0.1:${http}`;
  const server = await startServer({
    command: join(installed("phoenix"), "python"),
    args: [serve, "serve"],
    environment: {
      PHOENIX_WORKING_DIR: folder,
      PHOENIX_HOST: "127.0.0.1",
      PHOENIX_PORT: String(http),
      PHOENIX_GRPC_PORT: String(grpc),
      PHOENIX_TELEMETRY_ENABLED: "false",
      PHOENIX_ALLOW_EXTERNAL_RESOURCES: "false",
      PHOENIX_DISABLE_AGENT_ASSISTANT: "true",
    },
    folder,
    ready: `${address}/readyz`,
    patienceMs: 180_000,
  });
  const page = async (project: string, cursor: string | null): Promise<Page> => {
    const query = new URLSearchParams({ limit: "100", ...(cursor === null ? {} : { cursor }) });
    const response = await fetch(`${address}/v1/projects/${project}/spans?${query.toString()}`);
    return response.ok ? ((await response.json()) as Page) : { data: [], next_cursor: null };
  };
  const spansNow = async (project: string): Promise<readonly PhoenixSpan[]> => {
    const spans: PhoenixSpan[] = [];
    let cursor: string | null = null;
    do {
      const { data, next_cursor } = await page(project, cursor);
      spans.push(...data);
      cursor = next_cursor;
    } while (cursor !== null);
    return spans;
  };
  return {
    ...server,
    address,
    tracesUrl: `${address}/v1/traces`,
    spans: async (project, count) => {
      const deadline = Date.now() + patienceMs;
      let spans = await spansNow(project);
      while (spans.length < count && Date.now() < deadline) {
        await sleep(500);
        spans = await spansNow(project);
      }
      return spans;
    },
    graphql: async <Data>(query: string): Promise<Data> => {
      const response = await fetch(`${address}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query }),
      });
      const { data, errors } = (await response.json()) as {
        readonly data: Data;
        readonly errors?: unknown;
      };
      if (errors !== undefined)
        throw new Error(`Phoenix refuses a query: ${JSON.stringify(errors)}`);
      return data;
    },
  };
}
