import { freePorts } from "./free-ports.ts";
import { installed } from "./installed.ts";
import { type ServerProcess, startServer } from "./server-process.ts";

export interface Jaeger extends ServerProcess {
  readonly tracesUrl: string;
  /** A trace by its id, as its own pages ask for one. */
  trace(traceId: string): Promise<readonly JaegerSpan[]>;
  /** The ids of traces in which a span has this attribute. */
  find(service: string, attribute: string, value: string): Promise<readonly string[]>;
}

export interface JaegerSpan {
  readonly traceID: string;
  readonly spanID: string;
  readonly operationName: string;
  readonly references: readonly {
    readonly refType: "CHILD_OF" | "FOLLOWS_FROM";
    readonly traceID: string;
    readonly spanID: string;
  }[];
  /** Microseconds. */
  readonly startTime: number;
  readonly duration: number;
  readonly tags: readonly { readonly key: string; readonly value: string | number | boolean }[];
}

interface Answer {
  readonly data: readonly { readonly traceID: string; readonly spans: readonly JaegerSpan[] }[];
}

/** All that it listens on, which would be every address of the machine. */
const listeners = [
  "collector.otlp.http.host-port",
  "query.http-server.host-port",
  "admin.http.host-port",
  "collector.otlp.grpc.host-port",
  "query.grpc-server.host-port",
  "collector.http-server.host-port",
  "collector.grpc-server.host-port",
  "http-server.host-port",
  "processor.jaeger-binary.server-host-port",
  "processor.jaeger-compact.server-host-port",
  "processor.zipkin-compact.server-host-port",
];

/** Jaeger with its traces in memory. */
export async function startJaeger(folder: string): Promise<Jaeger> {
  const ports = await freePorts(listeners.length);
  const [otlp, query, admin] = ports;
  const server = await startServer({
    command: installed("jaeger"),
    args: listeners.map((listener, index) => `--${listener}=127.0.0.1:${ports[index]}`),
    environment: { SPAN_STORAGE_TYPE: "memory" },
    folder,
    ready: `http://127.0.0.1:${admin}/`,
    patienceMs: 20_000,
  });
  const ask = async (path: string): Promise<Answer["data"]> => {
    const response = await fetch(`http://127.0.0.1:${query}/api/traces${path}`);
    return response.status === 404 ? [] : ((await response.json()) as Answer).data;
  };
  return {
    ...server,
    tracesUrl: `http://127.0.0.1:${otlp}/v1/traces`,
    trace: async (traceId) => (await ask(`/${traceId}`)).flatMap(({ spans }) => spans),
    find: async (service, attribute, value) => {
      const tags = JSON.stringify({ [attribute]: value });
      const query = new URLSearchParams({ service, tags, limit: "100" });
      const found = await ask(`?${query.toString()}`);
      return found.map(({ traceID }) => traceID);
    },
  };
}
