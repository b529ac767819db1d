import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { inProject, project, tell } from "./project.mjs";

const resolutions = {
  nodenext: { module: "nodenext" },
  node16: { module: "node16" },
  bundler: { module: "preserve", moduleResolution: "bundler" },
};
/** As the project has them: the one that these packages are made with, and the oldest that they are for. */
const compilers = { typescript: Object.keys(resolutions), "typescript-5.6": ["nodenext"] };

/**
 * The lines of the README and all that the packages export, as strictly as TypeScript can, with the types of the packages checked as well. What other packages get wrong then is
 * theirs.
 */
export function check() {
  writeFileSync(inProject("everything.mts"), everything());
  for (const [compiler, names] of Object.entries(compilers))
    for (const name of names) {
      const errors = errorsOf(compiler, resolutions[name]);
      const wrong = errors.filter((line) => !isOfOthers.test(line));
      if (wrong.length > 0) throw new Error(`${compiler}, ${name}:\n${wrong.join("\n")}`);
    }
  tell(
    Object.entries(compilers).map(
      ([compiler, names]) => `TypeScript ${manifestOf(compiler).version}: ${names.join(", ")}`,
    ),
  );
}

const isOfOthers = /^node_modules\/(?!@spoor\/)/;

function errorsOf(compiler, resolution) {
  const compilerOptions = {
    ...resolution,
    target: "es2022",
    lib: ["es2022"],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    types: ["node"],
    skipLibCheck: false,
  };
  const include = ["readme-*.mts", "everything.mts", "globals.d.ts"];
  writeFileSync(inProject("tsconfig.json"), JSON.stringify({ compilerOptions, include }));
  const program = [`node_modules/${compiler}/bin/tsc`, "-p", ".", "--pretty", "false"];
  const { status, stdout, stderr } = spawnSync(process.execPath, program, {
    cwd: project,
    encoding: "utf8",
  });
  const errors = stdout.split("\n").filter((line) => /error TS\d+/.test(line));
  // A configuration that it does not take is told without a file.
  if (status !== 0 && errors.length === 0) throw new Error(`${compiler}: ${stdout}${stderr}`);
  return errors;
}

/** A type that takes every way into every package. */
function everything() {
  const ways = Object.keys(manifestOf(".").dependencies)
    .filter((name) => name.startsWith("@spoor/"))
    .flatMap((name) => Object.keys(manifestOf(name).exports).map((way) => name + way.slice(1)))
    .filter((way) => !way.endsWith("/package.json"));
  return `export type Everything = [\n${ways.map((way) => `  typeof import("${way}"),\n`).join("")}];\n`;
}

const manifestOf = (name) =>
  JSON.parse(readFileSync(inProject(name === "." ? "" : "node_modules", name, "package.json")));
