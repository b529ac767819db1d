import { createRequire } from "node:module";
import type { OtlpScope } from "../wire/otlp.ts";

/** Whose spans these are: this package's, in the version that is installed. */
export const scope: OtlpScope = { name: "@spoor/core", ...installed() };

/** Asked for by name, because source and build lie at different depths; packed into somebody's bundle there is no manifest to ask. */
function installed(): { readonly version?: string } {
  try {
    const manifest: unknown = createRequire(import.meta.url)("@spoor/core/package.json");
    const { version } = manifest as { readonly version: string };
    return { version };
  } catch {
    return {};
  }
}
