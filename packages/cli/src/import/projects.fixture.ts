import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../spoor.fixture.ts";

/** What Claude Code had kept, by scenario. */
const fixtures = fileURLToPath(
  new URL("../../../claude-code/src/history/fixtures/", import.meta.url),
);

export const scenarios: readonly string[] = readdirSync(fixtures).map((name) =>
  name.replace(".projects", ""),
);

export const projectsOf = (scenario: string): string => join(fixtures, `${scenario}.projects`);

/** A config folder of Claude Code, with the projects of a scenario. */
export function configFolder(scenario: string): string {
  const folder = temporaryFolder();
  cpSync(projectsOf(scenario), join(folder, "projects"), { recursive: true });
  return folder;
}

/** The transcripts below a folder, sorted. */
export const transcriptsIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".jsonl"))
    .map((name) => join(folder, name))
    .toSorted();
