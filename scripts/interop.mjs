import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";

// All suites that need something from outside: servers, compilers, other lines of a framework. Each says itself what it skipped and why; what was
// skipped is no success (77), what failed is a failure (1).

const suites = [
  "interop-actors",
  "interop-audit",
  "interop-checkpointers",
  "interop-crews",
  "interop-langgraph",
  "interop-otel",
  "interop-packed",
  "interop-prometheus",
  "interop-reader",
];
const skipped = 77;

const codes = suites.map((suite) => {
  console.log(`\n${suite}`);
  const script = fileURLToPath(new URL(`${suite}.mjs`, import.meta.url));
  return spawnSync(process.execPath, [script], { stdio: "inherit" }).status ?? 1;
});
process.exitCode =
  codes.find((code) => code !== 0 && code !== skipped) ?? (codes.includes(skipped) ? skipped : 0);
