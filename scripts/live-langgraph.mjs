import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ensureInstalled, npm } from "./ensure-installed.mjs";

// `npm test` runs these on the LangGraph that is installed; this runs them on an older line, fetched once into its own folder.

const folder = fileURLToPath(new URL("../interop/langgraph-1.4.12/", import.meta.url));

process.exitCode = await ensureInstalled();
if (process.exitCode === 0) {
  const isThere = existsSync(`${folder}node_modules`);
  const fetched = isThere ? 0 : await npm(["ci", "--prefix", folder]);
  if (fetched !== 0) console.error("live tests were not run: npm could not install the older line");
  process.exitCode =
    fetched ||
    (await npm(["exec", "--", "vitest", "run", "--config", `${folder}vitest.config.ts`]));
}
