/** A config to begin with: it says what no config would, in the place where there is more to say. */
export const starterConfig: string = `import process from "node:process";
import { configFromEnvironment, defineConfig } from "@spoor/core";

// What is recorded lies in .spoor, in this folder, and git passes it over. What this file does, and what keeps it from that: npx spoor doctor
export default defineConfig({
  // Copies go to Langfuse where LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY are set, and to OpenTelemetry where OTEL_EXPORTER_OTLP_ENDPOINT is.
  ...configFromEnvironment(process.env),
  labels: { environment: process.env["NODE_ENV"] ?? "development" },
});
`;
