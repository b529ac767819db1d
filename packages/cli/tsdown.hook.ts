import { fileURLToPath } from "node:url";
import { defineConfig, type UserConfig } from "tsdown";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * `spoor hook` alone in one file, with what it needs of the other packages in it: a process that lives for one event has no time to load the
 * rest.
 */
const hook: UserConfig = defineConfig({
  entry: { hook: here("src/hook/main.ts") },
  outDir: here("dist"),
  format: ["esm"],
  platform: "node",
  target: "node22",
  minify: true,
  dts: false,
  clean: false,
  outputOptions: { codeSplitting: false },
  deps: { alwaysBundle: [/^@spoor\//] },
});

export default hook;
