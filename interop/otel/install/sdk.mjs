import { fileURLToPath } from "node:url";
import { npmFolder } from "./npm-folder.mjs";

/** A line of OpenTelemetry's SDK, in a folder of its own: no two of them get along in one. */
export function sdkFolder(line, say) {
  return npmFolder(fileURLToPath(new URL(`../${line}/`, import.meta.url)), say);
}
