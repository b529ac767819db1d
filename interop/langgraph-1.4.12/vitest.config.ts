import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vitest/config";
import base from "../../vitest.config.ts";

const fileHere = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const framework = /^(@langchain\/|langchain(\/|$))/;

/** What our tests import of the framework comes from this folder; what the framework imports itself, Node finds beside it. */
const olderLine: Plugin = {
  name: "older-line",
  enforce: "pre",
  async resolveId(source, _importer, options) {
    return framework.test(source)
      ? await this.resolve(source, fileHere("package.json"), { ...options, skipSelf: true })
      : null;
  },
};

export default defineConfig({
  ...base,
  root: fileHere("../.."),
  plugins: [olderLine],
  test: {
    ...base.test,
    include: ["packages/langgraph/src/live/**/*.test.ts"],
    env: { SPOOR_LANGGRAPH_LINE: "1.4.12", SPOOR_LANGGRAPH_HOOKS: fileHere("resolve.mjs") },
  },
});
