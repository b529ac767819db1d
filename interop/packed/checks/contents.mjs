import { deepStrictEqual, match, strictEqual } from "node:assert";
import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { tell } from "./project.mjs";

const { SPOOR_INTEROP_PACKAGES: folder = "" } = process.env;

/** What each package may hold beside its built files. */
const besides = {
  cli: ["bin/spoor.mjs"],
  crew: ["python/README.md", "python/spoor_crewai.py"],
};
const always = ["LICENSE", "README.md", "package.json"];
const built = /^dist\/([\w./-]+\.(mjs|d\.mts|mjs\.map)|page\.(js|css))$/;

/** Every tarball holds what its users need, says what it is, and nothing else. */
export function check() {
  tell(
    readdirSync(folder).map((tarball) => {
      const path = join(folder, tarball);
      const files = filesOf(path);
      const manifest = JSON.parse(textOf(path, "package.json"));
      const name = manifest.name.slice("@spoor/".length);
      const rest = files.filter((file) => !built.test(file));
      deepStrictEqual(new Set(rest), new Set([...always, ...(besides[name] ?? [])]), tarball);
      mustBeDescribed(manifest);
      for (const file of filesIn(manifest.exports ?? {}).concat(Object.values(manifest.bin ?? {})))
        strictEqual(files.includes(file.replace(/^\.\//, "")), true, `${name}: no ${file}`);
      return `${manifest.name}: ${Math.round(statSync(path).size / 1000)} kB, ${files.length} files`;
    }),
  );
}

function mustBeDescribed(manifest) {
  const { license, description, keywords, engines, type, sideEffects, files } = manifest;
  strictEqual(license, "Apache-2.0");
  match(description, /^[A-Z].{20,160}\.$/);
  strictEqual(keywords.length >= 3, true);
  strictEqual(engines.node, ">=22.18");
  strictEqual(type, "module");
  strictEqual(sideEffects, false);
  // npm does not take it along by itself, and changesets writes it.
  strictEqual(files.includes("CHANGELOG.md"), true);
}

/** Files that a user is led to; sources are for those who work on the package. */
const filesIn = (exports) =>
  Object.values(exports).flatMap((way) =>
    typeof way === "string" ? [way] : [way.types, way.default],
  );

const filesOf = (tarball) =>
  execFileSync("tar", ["-tzf", tarball], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((file) => file.slice("package/".length));

const textOf = (tarball, file) =>
  execFileSync("tar", ["-xzOf", tarball, `package/${file}`], { encoding: "utf8" });
