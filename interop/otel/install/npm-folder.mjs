import { existsSync } from "node:fs";
import { join } from "node:path";
import { failureOf } from "./command.mjs";

/** A folder with a lock file of its own, because what it needs is nothing for the repository. */
export function npmFolder(path, say) {
  if (existsSync(join(path, "node_modules"))) return { path };
  say(`(npm installs ${path} now)`);
  const options = ["--ignore-scripts", "--loglevel=error"];
  const failure = failureOf("npm", ["ci", "--prefix", path, ...options]);
  return failure === null ? { path } : { missing: `npm could not install ${path}: ${failure}` };
}
