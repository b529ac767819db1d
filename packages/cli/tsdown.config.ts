import { readFileSync } from "node:fs";
import { defineConfig, type UserConfig } from "tsdown";
import hook from "./tsdown.hook.ts";

const styles = ["colours", "page", "header", "lists", "timeline", "path", "detail"];

function styleSheet(): string {
  const room = new URL("src/page/style/", import.meta.url);
  return styles.map((name) => readFileSync(new URL(`${name}.css`, room), "utf8")).join("\n");
}

const configs: UserConfig[] = defineConfig([
  {
    name: "command",
    entry: ["src/cli.ts"],
    format: ["esm"],
    platform: "node",
    target: "node22",
    dts: false,
    sourcemap: true,
    publint: { level: "error" },
  },
  {
    /** What every page of `spoor show --html` carries: its script as one text without imports, and its style sheet. */
    name: "page",
    entry: ["src/page/browser/main.ts"],
    tsconfig: "src/page/browser/tsconfig.json",
    format: ["iife"],
    platform: "browser",
    target: "es2023",
    minify: true,
    dts: false,
    clean: false,
    outputOptions: { entryFileNames: "page.js" },
    deps: { alwaysBundle: [/^@spoor\//] },
    inputOptions: { resolve: { conditionNames: ["@spoor/source", "import", "default"] } },
    plugins: [
      {
        name: "style sheet",
        generateBundle() {
          this.emitFile({ type: "asset", fileName: "page.css", source: styleSheet() });
        },
      },
    ],
  },
  hook,
]);

export default configs;
