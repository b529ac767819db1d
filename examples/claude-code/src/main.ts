import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { configFromEnvironment, createObserver } from "@spoor/core";
import { consoleExporter } from "@spoor/core/console";
import { askAgent } from "./ask-agent.ts";
import { findQuery } from "./find-query.ts";

const pace = Number(process.env["SPOOR_EXAMPLE_PACE"] ?? 1);
if (!Number.isFinite(pace) || pace < 0) {
  console.error(
    "SPOOR_EXAMPLE_PACE has to be a number from 0 (no waiting) up; 1 is the usual pace",
  );
  process.exit(2);
}

const { exporters = [], ...environment } = configFromEnvironment(process.env);
const observer = createObserver({
  ...environment,
  labels: { environment: "example", feature: "claude-code" },
  exporters: [consoleExporter(), ...exporters],
});

const workspace = mkdtempSync(join(tmpdir(), "spoor-example-"));
writeFileSync(join(workspace, "notes.txt"), "alpha\nbeta\ngamma\n");

const { query, which } = await findQuery(pace);
console.log(`This is ${which}.`);
const say = (who: string, text: string): void => console.log(`\n${who}: ${text}`);
await askAgent(observer, { query, workspace, say });
await observer.close();
