export { otel, type OtelOptions } from "./otel.ts";
export { activeOpenTelemetrySpan } from "./bridge/active-span.ts";
export { bridgeOpenTelemetry } from "./bridge/bridge-open-telemetry.ts";
export type { CurrentSpan } from "./bridge/current-span.ts";
export { otelLogs, type OtelLogsOptions } from "./logs/otel-logs.ts";
export type { PresetName } from "./presets/preset-names.ts";
export type {
  ContextMode,
  Dialect,
  EncodingOptions,
  OverlayName,
} from "../otlp/encode/encoding.ts";
