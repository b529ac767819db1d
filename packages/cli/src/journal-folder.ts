import { statSync } from "node:fs";
import { resolve } from "node:path";
import { BadInput } from "./bad-input.ts";
import type { Io } from "./io.ts";

/** `--dir`, else `SPOOR_DIR`, else `.spoor` in the working directory. */
export function journalFolder(dir: string | undefined, { cwd, env }: Io): string {
  const fromEnvironment = env["SPOOR_DIR"];
  return resolve(cwd, dir ?? (fromEnvironment ? fromEnvironment : ".spoor"));
}

/** The same, of a journal that has to be there: to say that it holds nothing would hide a mistyped name. */
export function existingJournalFolder(dir: string | undefined, io: Io): string {
  const folder = journalFolder(dir, io);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder;
  throw new BadInput(
    `there is no journal in ${folder}: record or import something first, or name its folder with --dir`,
  );
}
