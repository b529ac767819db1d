import { fileURLToPath } from "node:url";
import { npmFolder } from "../../otel/install/npm-folder.mjs";

/** KaibanJS, with all that it bundles: 270 MB, and minutes. */
export function kaiban(say) {
  return npmFolder(fileURLToPath(new URL(".", import.meta.url)), say);
}
