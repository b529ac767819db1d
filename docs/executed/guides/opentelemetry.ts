import { strictEqual } from "node:assert";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createObserver, journalReader } from "@spoor/core";
import { parseEventLine } from "@spoor/core/schema";
import { spoorCallbacks } from "@spoor/langgraph";
import { BatchSpanProcessor } from "@opentelemetry/sdk-trace";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { started } from "../instrumentation.ts";

const instrumentation = new URL("../instrumentation.ts", import.meta.url).href;

export const modules: Readonly<Record<string, string>> = {
  "./instrumentation.ts": instrumentation,
  "@opentelemetry/sdk-node": instrumentation,
  "@opentelemetry/exporter-trace-otlp-proto": "@opentelemetry/exporter-trace-otlp-http",
};

const server = createServer((_, response) => response.end()).listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));

export const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
export const apiUrl = url;
export const mcp = { callTool: async (): Promise<void> => {} };
export const callbacks = spoorCallbacks(createObserver({ journal: "memory" }));
export { createObserver } from "@spoor/core";
export { otel } from "@spoor/core/otel";
export { NodeSDK } from "../instrumentation.ts";
export const resource = resourceFromAttributes({ "service.name": "shop" });
export const processor = new BatchSpanProcessor({
  exporter: { export: () => {}, shutdown: async () => {}, forceFlush: async () => {} },
});

/** As the page says: the request, the turn and the query in one trace, and the query under its node. */
export function afterwards(): void {
  const events = [...journalReader(process.env["SPOOR_DIR"] ?? "").entries()].flatMap(
    ({ line }) => {
      const parsed = parseEventLine(line);
      return parsed.ok ? [parsed.event] : [];
    },
  );
  const node = events.find((event) => event.type === "work.started" && event.name === "look up");
  const query = started.span("SELECT orders");
  strictEqual(query.parentSpanContext?.spanId, node?.spanId);
  strictEqual(query.spanContext().traceId, started.span("POST /ask").spanContext().traceId);
  strictEqual(node?.traceId, query.spanContext().traceId);
}
