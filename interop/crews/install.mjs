import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cached } from "../otel/install/cache.mjs";
import { failureOf } from "../otel/install/command.mjs";

// What the tests need beside the repository: where it lies now, or why it cannot be had; what takes long is said before. Nothing of it is in the clone.

/** A Python that the listener runs on. */
export function python() {
  const isNewEnough = "import sys; sys.exit(sys.version_info < (3, 10))";
  const failure = failureOf("python3", ["-c", isNewEnough]);
  return failure === null
    ? { path: "python3" }
    : { missing: `there is no Python 3.10 or later on this machine: ${failure}` };
}

/** A CrewAI, and all that it needs in the versions that it was tried with, in a virtual environment of its own. */
export function crewai(version) {
  return (say) => {
    const path = cached(`crewai-${version}`);
    const complete = join(path, "complete");
    const program = join(path, "bin/python");
    if (existsSync(complete)) return { path: program };
    say(`(CrewAI ${version} is installed with pip now: minutes, up to 1 GB, and only once)`);
    rmSync(path, { recursive: true, force: true });
    const constraints = fileURLToPath(
      new URL(`requirements/crewai-${version}.txt`, import.meta.url),
    );
    const failure =
      failureOf("python3", ["-m", "venv", path]) ??
      failureOf(program, [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-input",
        "--disable-pip-version-check",
        `--constraint=${constraints}`,
        `crewai==${version}`,
      ]);
    if (failure !== null)
      return { missing: `CrewAI ${version} could not be installed with pip: ${failure}` };
    writeFileSync(complete, "");
    return { path: program };
  };
}
