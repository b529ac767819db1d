import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
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

/** Writes `line-N.mts`, the same as CommonJS where it can be, and what checks their types, into a project. */
function writePrograms(project: string): void {
  for (const path of borrowed) cpSync(join(root, path), join(project, path), { recursive: true });
  for (const folder of ["docs", "examples"])
    writeFileSync(join(project, folder, "package.json"), JSON.stringify({ type: "module" }));
  const sdk = join(project, "node_modules/@anthropic-ai/claude-agent-sdk");
  mkdirSync(sdk, { recursive: true });
  writeFileSync(
    join(sdk, "package.json"),
    JSON.stringify({ type: "module", exports: "./index.mjs" }),
  );
  writeFileSync(
    join(sdk, "index.mjs"),
    'export { query } from "../../../docs/executed/claude-agent-sdk.ts";\n',
  );
  writeFileSync(
    join(sdk, "index.d.mts"),
    'export { query } from "../../../docs/executed/claude-agent-sdk.ts";\n',
  );
  const given = `import * as standIns from "./${standIns}";\nObject.assign(globalThis, standIns);\n`;
  writeFileSync(join(project, "given.mts"), given);
  writeFileSync(join(project, "globals.d.ts"), globals(readFileSync(join(root, standIns), "utf8")));
  for (const { line, code } of codeBlocks(readFileSync(join(root, "README.md"), "utf8"))) {
    writeFileSync(
      join(project, `line-${line}.mts`),
      `import "./given.mts";\n${code}\nexport {};\n`,
    );
    const required = asCommonJs(code);
    if (required !== null) writeFileSync(join(project, `line-${line}.cjs`), required);
  }
}

/** Null: it exports something, and is a module. */
function asCommonJs(code: string): string | null {
  if (/^export /m.test(code)) return null;
  const required = code.replaceAll(/^import (\{.*\}) from (".*");$/gm, "const $1 = require($2);");
  return `require("./given.mts");\n(async () => {\n${required}\n})();\n`;
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
