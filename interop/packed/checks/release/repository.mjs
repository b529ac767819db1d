import { cpSync, existsSync, globSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../project.mjs";

const root = fileURLToPath(new URL("../../../..", import.meta.url));

/** What releasing needs of the repository: manifests, changesets, and of each package what it publishes. */
const needed = [
  "package.json",
  "package-lock.json",
  ".changeset/*",
  "{packages,examples}/*/package.json",
  "packages/*/{README.md,LICENSE,CHANGELOG.md,bin,dist,python}",
];

/** A repository of its own in a folder, with one commit. `manifests`: of the packages that are published, as they stand there now. */
export function repositoryToRelease(cwd) {
  for (const path of needed.flatMap((pattern) => globSync(pattern, { cwd: root }))) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    cpSync(join(root, path), join(cwd, path), { recursive: true });
  }
  const git = (...given) => run("git", given, { cwd });
  git("init", "-q", "-b", "main");
  git("config", "user.name", "release");
  git("config", "user.email", "release@localhost");
  git("add", "-A", "-f");
  git("commit", "-qm", "before the release");
  return { manifests: () => manifestsIn(cwd), git };
}

const manifestsIn = (cwd) =>
  globSync("packages/*/package.json", { cwd })
    .filter((path) => existsSync(join(cwd, dirname(path), "dist")))
    .map((path) => ({
      folder: join(cwd, dirname(path)),
      ...JSON.parse(readFileSync(join(cwd, path), "utf8")),
    }));
