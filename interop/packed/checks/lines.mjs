import { rmSync } from "node:fs";
import process from "node:process";
import { inProject, run, tell } from "./project.mjs";
import { mustHaveRecorded, programsAs, subjects } from "./recorded.mjs";

/** The lines of the README, as modules, or as CommonJS has them. */
export function check(form = "mts") {
  const programs = programsAs(form);
  const dir = inProject(".spoor");
  rmSync(dir, { recursive: true, force: true });
  for (const program of programs)
    run(process.execPath, [program], { environment: { SPOOR_DIR: dir } });
  if (form === "mts") run(process.execPath, ["configured.mts"]);
  const turns = mustHaveRecorded(subjects, dir);
  tell([`${programs.length} programs, ${turns} turns`]);
}
