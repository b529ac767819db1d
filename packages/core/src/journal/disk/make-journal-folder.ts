import { existsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { systemCode } from "./journal-error.ts";
import { makeFolder } from "./make-folder.ts";

/** Makes the folder of a journal where it is missing, for the eyes of its owner and of no version control. Throws what the disk says. */
export function makeJournalFolder(dir: string): void {
  const ignore = join(dir, ".gitignore");
  if (existsSync(ignore)) return;
  makeFolder(dirname(dir));
  makeFolder(dir, 0o700);
  try {
    writeFileSync(ignore, "*\n", { flag: "wx" });
  } catch (error) {
    if (systemCode(error) !== "EEXIST") throw error;
  }
}
