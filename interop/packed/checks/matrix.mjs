import { readFileSync, rmSync } from "node:fs";
import process from "node:process";
import { killed, followed, sealed } from "./lanes.mjs";
import { inProject, run, tell } from "./project.mjs";
import { mustHaveRecorded, subjects } from "./recorded.mjs";
import { table } from "./table.mjs";

const skipped = 77;

const programs = {
  ...Object.fromEntries(subjects.map((subject) => [subject, readme(subject)])),
  configured,
  killed,
  followed,
  sealed,
};

/** Every program on every runtime: what the README shows, and a journal that runtimes hand to each other. */
export async function check() {
  const runtimes = JSON.parse(readFileSync(process.env.SPOOR_INTEROP_RUNTIMES ?? "", "utf8"));
  const failures = [];
  const rows = [];
  for (const runtime of runtimes) {
    const cells = [];
    for (const [name, program] of Object.entries(programs)) {
      if (runtime.missing) continue;
      const failure = await failureOf(program, runtime);
      if (failure) failures.push(`${name} on ${runtime.name}: ${failure}`);
      cells.push(failure ? "FAILED" : "ok");
    }
    rows.push([runtime.name, ...(runtime.missing ? [`skipped: ${runtime.missing}`] : cells)]);
  }
  tell(table(["", ...Object.keys(programs)], rows));
  if (failures.length > 0) throw new Error(failures.join("\n"));
  return runtimes.some(({ missing }) => missing) ? skipped : 0;
}

function readme(subject) {
  return ({ path, given }) => {
    const dir = inProject(".spoor");
    rmSync(dir, { recursive: true, force: true });
    run(path, [...given, `readme-${subject}.mts`], { environment: { SPOOR_DIR: dir } });
    mustHaveRecorded([subject], dir);
  };
}

function configured({ path, given }) {
  run(path, [...given, "configured.mts"], { environment: { SPOOR_DIR: inProject(".spoor") } });
}

async function failureOf(program, runtime) {
  try {
    await program(runtime);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
