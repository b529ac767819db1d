import { createRequire } from "node:module";

/** A message class that protobuf's own compiler made. Unknown fields, wrong wire types and truncated lengths do not get through it unseen. */
interface MessageClass {
  decode(bytes: Uint8Array): object;
  encode(message: object): { finish(): Uint8Array };
  toObject(message: object, options: object): unknown;
  fromObject(message: unknown): object;
}

interface Official {
  readonly opentelemetry: {
    readonly proto: {
      readonly collector: {
        readonly trace: { readonly v1: { readonly ExportTraceServiceRequest: MessageClass } };
        readonly logs: { readonly v1: { readonly ExportLogsServiceRequest: MessageClass } };
        readonly metrics: { readonly v1: { readonly ExportMetricsServiceRequest: MessageClass } };
      };
    };
  };
}

const from = createRequire(createRequire(import.meta.url).resolve("otlp-classes/package.json"));

/** Protobuf's library reads 64-bit numbers exactly only where it finds their class, and it looks for a CommonJS module alone. */
const library = from("protobufjs/minimal") as { util: { Long: unknown }; configure(): void };
const long = from("long") as { readonly default?: unknown };
library.util.Long = long.default ?? long;
library.configure();

const { collector } = (from("./build/src/generated/root.js") as Official).opentelemetry.proto;

export type Signal = "traces" | "logs" | "metrics";

const classes: Readonly<Record<Signal, MessageClass>> = {
  traces: collector.trace.v1.ExportTraceServiceRequest,
  logs: collector.logs.v1.ExportLogsServiceRequest,
  metrics: collector.metrics.v1.ExportMetricsServiceRequest,
};

/** What the official classes read, with 64-bit numbers as text and bytes as hexadecimal digits, as OTLP's JSON has them. */
export function readOfficially(signal: Signal, bytes: Uint8Array): unknown {
  const type = classes[signal];
  const read = type.toObject(type.decode(bytes), { longs: String, bytes: Array });
  return JSON.parse(JSON.stringify(read), (name, value: unknown) =>
    name.endsWith("Id") && Array.isArray(value) ? Buffer.from(value).toString("hex") : value,
  );
}

/** What the official classes write of what they read: equal bytes say that nothing was unknown to them. */
export function rewrittenOfficially(signal: Signal, bytes: Uint8Array): Uint8Array {
  const type = classes[signal];
  return type.encode(type.decode(bytes)).finish();
}
