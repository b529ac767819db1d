import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { byCode, runSuites } from "../run-suites.mjs";
import { compared } from "./compared.mjs";
import { packages, postgres, redis, sqlite } from "./install.mjs";

// The audit of checkpointers at checkpointers of others, and at their databases.

const here = fileURLToPath(new URL(".", import.meta.url));

const on = (database) => ({ SPOOR_INTEROP_DATABASE: database });

/** Each a file of tests, on one kind of checkpointer, and what it needs beside the packages of this folder. */
const suites = {
  memory: { file: "conformance", environment: on("memory"), needs: { packages } },
  sqlite: { file: "conformance", environment: on("sqlite"), needs: { packages, sqlite } },
  postgres: { file: "conformance", environment: on("postgres"), needs: { packages, postgres } },
  pglite: { file: "conformance", environment: on("pglite"), needs: { packages } },
  redis: { file: "conformance", environment: on("redis"), needs: { packages, redis } },
  "history-sqlite": { file: "history", environment: on("sqlite"), needs: { packages, sqlite } },
  "history-postgres": {
    file: "history",
    environment: on("postgres"),
    needs: { packages, postgres },
  },
  "killed-sqlite": { file: "killed", environment: on("sqlite"), needs: { packages, sqlite } },
  "killed-postgres": { file: "killed", environment: on("postgres"), needs: { packages, postgres } },
};

process.exitCode = await runSuites(suites, {
  wanted: process.argv.slice(2),
  command: ({ file }, folder) => {
    const vitest = `node '${here}node_modules/vitest/vitest.mjs' run -c '${here}vitest.config.ts'`;
    return `${vitest} ${file} --reporter=default --reporter=json --outputFile.json='${reportIn(folder)}'`;
  },
  // The official tests may fail on a checkpointer as it is: then they have to fail with a witness too.
  outcomeOf: (code, { file }, folder) =>
    file === "conformance" && existsSync(reportIn(folder))
      ? compared(JSON.parse(readFileSync(reportIn(folder), "utf8")))
      : byCode(code),
});

function reportIn(folder) {
  return join(folder, "report.json");
}
