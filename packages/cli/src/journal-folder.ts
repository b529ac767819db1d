import { statSync } from "node:fs";
import { journalFolder, resolveConfig } from "@spoor/core";
import { BadInput } from "./bad-input.ts";
import type { Io } from "./io.ts";

/** As `--dir` says, else the config of this directory, else `SPOOR_DIR`. Throws `ConfigError` for a config that cannot be used. */
export async function journalFolderFor(dir: string | undefined, io: Io): Promise<string> {
  if (dir !== undefined) return journalFolder(dir, io.env, io.cwd);
  const { config } = await resolveConfig({ dir: io.cwd, environment: io.env });
  if (config.journal === "memory")
    throw new BadInput("the config keeps the journal in memory: name a folder with --dir");
  return journalFolder(config.journal?.dir, io.env, io.cwd);
}

/** Of a journal that has to be there: to say that it holds nothing would hide a mistyped name. */
export async function existingJournalFolder(dir: string | undefined, io: Io): Promise<string> {
  const folder = await journalFolderFor(dir, io);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder;
  throw new BadInput(
    `there is no journal in ${folder}: record or import something first, or name its folder with --dir`,
  );
}
