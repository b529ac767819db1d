import process from "node:process";
import { suites } from "../interop/otel/install/suites.mjs";
import { runSuites } from "../interop/run-suites.mjs";

// What OpenTelemetry's exporter sends, at real servers: started, fed, read back and stopped.

const named = Object.fromEntries(
  Object.entries(suites).map(([name, { needs, file = name }]) => [name, { needs, file }]),
);

process.exitCode = await runSuites(named, {
  wanted: process.argv.slice(2),
  command: ({ file }) => `vitest run -c interop/otel/vitest.config.ts interop/otel/${file}.test.ts`,
});
