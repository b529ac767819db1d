import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ensureInstalled, npm } from "./ensure-installed.mjs";

// The SQLite checkpointer brings a native module along that has to be compiled, so it is no dependency: it is fetched and built for this run, once.

const folder = fileURLToPath(new URL("../interop/langgraph-sqlite/", import.meta.url));

/** Why the tests cannot run; null: they can. */
async function whyNot() {
  const isThere = existsSync(`${folder}node_modules`);
  if (!isThere && (await npm(["ci", "--prefix", folder, "--ignore-scripts"])) !== 0)
    return "npm could not install the SQLite checkpointer";
  console.log(
    "(where better-sqlite3 is not compiled yet, it is now: a minute or so, and only once)",
  );
  if ((await npm(["exec", "--", "node", `${folder}compile.mjs`])) !== 0)
    return "better-sqlite3 could not be compiled: it takes Python, make and a C++ compiler";
  return null;
}

process.exitCode = await ensureInstalled();
if (process.exitCode === 0) {
  const reason = await whyNot();
  // Tests that did not run are no success.
  if (reason !== null) {
    console.error(`interop tests were not run: ${reason}`);
    process.exitCode = 1;
  } else
    process.exitCode = await npm(
      ["exec", "--", "vitest", "run", "packages/langgraph/src/live/kill-and-resume"],
      { SPOOR_LANGGRAPH_SQLITE: folder },
    );
}
