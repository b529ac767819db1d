import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { codeBlocks } from "../../scripts/docs/code-blocks.ts";

// The blocks of the README as programs of a project. What its reader has besides (an agent, a connection) comes from where the tests of the documentation have it.

const standIns = "docs/executed/README.ts";
const borrowed = [
  "docs/executed",
  "examples/claude-code/src/recorded-query.ts",
  "examples/claude-code/src/query.ts",
  "examples/claude-code/src/recording.ndjson",
];

const root = fileURLToPath(new URL("../..", import.meta.url));
writePrograms(process.argv[2] ?? "");

/** Writes `readme-SUBJECT.mts`, the same as CommonJS where it can be, and what checks their types, into a project. */
function writePrograms(project: string): void {
  for (const path of borrowed) cpSync(join(root, path), join(project, path), { recursive: true });
  for (const folder of ["docs", "examples"])
    writeFileSync(join(project, folder, "package.json"), JSON.stringify({ type: "module" }));
  writeSdk(join(project, "node_modules/@anthropic-ai/claude-agent-sdk"));
  const given = `import * as standIns from "./${standIns}";\nObject.assign(globalThis, standIns);\n`;
  writeFileSync(join(project, "given.mts"), given);
  writeFileSync(join(project, "globals.d.ts"), globals(readFileSync(join(root, standIns), "utf8")));
  for (const { code } of codeBlocks(readFileSync(join(root, "README.md"), "utf8"))) {
    const program = join(project, `readme-${subjectOf(code)}`);
    writeFileSync(`${program}.mts`, `import "./given.mts";\n${code}\nexport {};\n`, { flag: "wx" });
    const required = asCommonJs(code);
    if (required !== null) writeFileSync(`${program}.cjs`, required);
  }
}

/** The adapter that it is about, or what it is instead. */
function subjectOf(code: string): string {
  const adapter = /from "@spoor\/(?!core\b)([\w-]+)"/.exec(code)?.[1];
  return adapter ?? (/^export default /m.test(code) ? "config" : "core");
}

/** In the SDK's place what it did once. As JavaScript, because no runtime takes types off what lies in `node_modules`. */
function writeSdk(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const manifest = {
    name: "@anthropic-ai/claude-agent-sdk",
    version: "0.0.0",
    type: "module",
    exports: { types: "./index.d.mts", default: "./index.mjs" },
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  const recorded = join(root, "examples/claude-code/src");
  const code = stripTypeScriptTypes(readFileSync(join(recorded, "recorded-query.ts"), "utf8"));
  writeFileSync(join(folder, "recorded-query.mjs"), code);
  cpSync(join(recorded, "recording.ndjson"), join(folder, "recording.ndjson"));
  writeFileSync(
    join(folder, "index.mjs"),
    'import { recordedQuery } from "./recorded-query.mjs";\nexport const query = recordedQuery(new URL("recording.ndjson", import.meta.url), 0);\n',
  );
  writeFileSync(
    join(folder, "index.d.mts"),
    'export { query } from "../../../docs/executed/claude-agent-sdk.ts";\n',
  );
}

/** Null: it exports something, and is a module. */
function asCommonJs(code: string): string | null {
  if (/^export /m.test(code)) return null;
  const required = code.replaceAll(/^import (\{.*\}) from (".*");$/gm, "const $1 = require($2);");
  return `(async () => {\nawait import("./given.mts");\n${required}\n})();\n`;
}

/** Types of the stand-ins, as names that are there for everybody. */
function globals(source: string): string {
  const names = [
    ...source.matchAll(/^export (?:const|function) (\w+)/gm),
    ...source.matchAll(/^export \{ \w+ as (\w+) \}/gm),
  ].map(([, name]) => name);
  const declared = names
    .filter((name) => name !== "modules" && name !== "afterwards")
    .map((name) => `  const ${name}: typeof given.${name};`);
  return `import type * as given from "./${standIns}";\ndeclare global {\n${declared.join("\n")}\n}\n`;
}
