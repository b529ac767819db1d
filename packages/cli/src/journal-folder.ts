import { journalFolder } from "@spoor/core";
import { statSync } from "node:fs";
import { BadInput } from "./bad-input.ts";
import type { Io } from "./io.ts";

/** Of a journal that has to be there: to say that it holds nothing would hide a mistyped name. */
export function existingJournalFolder(dir: string | undefined, io: Io): string {
  const folder = journalFolder(dir, io.env, io.cwd);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder;
  throw new BadInput(
    `there is no journal in ${folder}: record or import something first, or name its folder with --dir`,
  );
}
