export { langfuse, type LangfuseOptions } from "./langfuse.ts";
export type { LangfuseClient } from "./client.ts";
export type { Cost } from "./prices.ts";
export type { Transport } from "./transports.ts";
export { pricesFrom, type SpanPrice } from "../cost/span-price.ts";
export type { ContextMode } from "../otlp/encode/encoding.ts";
