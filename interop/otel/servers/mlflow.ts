import { join } from "node:path";
import { freePorts } from "./free-ports.ts";
import { installed } from "./installed.ts";
import { type ServerProcess, startServer } from "./server-process.ts";

export interface Mlflow extends ServerProcess {
  readonly address: string;
  readonly tracesUrl: string;
  /** It keeps traces in experiments, and wants to be told which. */
  readonly environment: Readonly<Record<string, string>>;
  /** What it makes of a trace. */
  trace(traceId: string): Promise<MlflowTrace>;
}

export interface MlflowTrace {
  readonly trace_info: {
    readonly trace_metadata: Readonly<Record<string, string>>;
  };
  readonly spans: readonly MlflowSpan[];
}

export interface MlflowSpan {
  /** In base64, as its identifiers are. */
  readonly span_id: string;
  readonly parent_span_id?: string;
  readonly name: string;
  readonly attributes: readonly { readonly key: string; readonly value: unknown }[];
}

export async function startMlflow(folder: string): Promise<Mlflow> {
  const [port] = await freePorts(1);
  const address = `http://127.0.0.1:${port}`;
  const server = await startServer({
    command: join(installed("mlflow"), "mlflow"),
    args: argumentsOf({
      host: "127.0.0.1",
      port: String(port),
      workers: "1",
      "backend-store-uri": `sqlite:///${join(folder, "mlflow.db")}`,
      "artifacts-destination": join(folder, "artifacts"),
    }),
    environment: {
      MLFLOW_DISABLE_TELEMETRY: "true",
      DO_NOT_TRACK: "true",
      MLFLOW_SERVER_ENABLE_JOB_EXECUTION: "false",
    },
    folder,
    ready: `${address}/health`,
    patienceMs: 180_000,
  });
  return {
    ...server,
    address,
    tracesUrl: `${address}/v1/traces`,
    environment: { MLFLOW_EXPERIMENT_ID: "0" },
    trace: async (traceId) => {
      const path = `/api/3.0/mlflow/traces/get?trace_id=tr-${traceId}`;
      const response = await fetch(`${address}${path}`);
      if (!response.ok) throw new Error(`MLflow has no trace ${traceId}: ${await response.text()}`);
      const { trace } = (await response.json()) as { readonly trace: MlflowTrace };
      return trace;
    },
  };
}

const argumentsOf = (options: Readonly<Record<string, string>>): readonly string[] => [
  "server",
  ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
];
