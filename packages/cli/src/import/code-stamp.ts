import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/**
 * Another one as soon as a package is built from other code, whatever version it says. Empty where the package cannot be found as it is built: then
 * nothing tells. `from`: the module that imports it.
 */
export function codeStamp(name: string, from: string = import.meta.url): string {
  try {
    const built = createRequire(from).resolve(name);
    return hash("sha256", readFileSync(built), "base64url").slice(0, 22);
  } catch {
    return "";
  }
}
