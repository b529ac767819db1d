import process from "node:process";
import type { ExportFailure } from "../pipeline/export-failure.ts";
import { ndjson } from "./ndjson.ts";
import type { AgentEvent } from "../vocabulary/event.ts";

/** Prints until that has failed three times, and says on standard error how. */
const event = { type: "log.written", id: "x".repeat(10_000) } as unknown as AgentEvent;
const exporter = ndjson();
const { signal } = new AbortController();

for (let failures = 0; failures < 3;) {
  try {
    await exporter.export([event], { signal, content: null });
  } catch (error) {
    failures += 1;
    const { retry, cause } = error as ExportFailure;
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "none";
    process.stderr.write(`${code} ${retry}\n`);
  }
  await new Promise((resolve) => setTimeout(resolve, 5));
}
