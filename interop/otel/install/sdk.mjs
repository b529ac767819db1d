import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { failureOf } from "./command.mjs";

/** A line of OpenTelemetry's SDK, in a folder of its own: no two of them get along in one. */
export function sdkFolder(line) {
  const path = fileURLToPath(new URL(`../${line}/`, import.meta.url));
  if (existsSync(`${path}node_modules`)) return { path };
  const failure = failureOf("npm", [
    "ci",
    "--prefix",
    path,
    "--ignore-scripts",
    "--loglevel=error",
  ]);
  return failure === null ? { path } : { missing: `npm could not install ${line}: ${failure}` };
}
