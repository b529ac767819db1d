import type { UserConfig } from "tsdown";

/** How every library here is built: ESM only, with types, and not at all if the package would not resolve for its users. */
export function library(entry: readonly string[]): UserConfig {
  return {
    entry: [...entry],
    format: ["esm"],
    platform: "node",
    target: "node22",
    // A map of types would lead to sources, which are not published; one of code has them in it.
    dts: { sourcemap: false },
    sourcemap: true,
    publint: { level: "error" },
    attw: { profile: "esm-only", level: "error" },
  };
}
