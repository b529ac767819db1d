import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** What every page carries, whatever session it shows. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
}

/** As they were built with this package. Throws where it runs from sources that were never built. */
export function builtAssets(): PageAssets {
  const manifest = createRequire(import.meta.url).resolve("@spoor/cli/package.json");
  const built = (name: string): string => join(dirname(manifest), "dist", name);
  try {
    return {
      script: readFileSync(built("page.js"), "utf8"),
      style: readFileSync(built("page.css"), "utf8"),
    };
  } catch (cause) {
    throw new Error("what pages are made of is not built: run npm run build", { cause });
  }
}
