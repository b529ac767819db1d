import process from "node:process";
import { createObserver } from "@spoor/core";
import { consoleExporter } from "@spoor/core/console";
import { otel } from "@spoor/core/otel";
import { pauseAt } from "./pause.ts";
import { runAgent } from "./run-agent.ts";

const pace = Number(process.env["SPOOR_EXAMPLE_PACE"] ?? 1);
if (!Number.isFinite(pace) || pace < 0) {
  console.error(
    "SPOOR_EXAMPLE_PACE has to be a number from 0 (no waiting) up; 1 is the usual pace",
  );
  process.exit(2);
}

const observer = createObserver({
  labels: { environment: "example", agentVersion: "1.0.0" },
  exporters: [consoleExporter(), ...(process.env["OTEL_EXPORTER_OTLP_ENDPOINT"] ? [otel()] : [])],
});

/** What was recorded so far stays recorded; what was open stays open. */
process.once("SIGINT", () => {
  void observer.close({ timeoutMs: 1_000 }).then(() => process.exit(130));
});

const id = `nightly-${new Date().toISOString().slice(0, 19)}`;
const say = (who: string, text: string): void => console.log(`\n${who}: ${text}`);
await runAgent(observer, { id, pause: pauseAt(pace), say });
await observer.close();
