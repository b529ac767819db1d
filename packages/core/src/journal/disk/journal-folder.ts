import { resolve } from "node:path";

/** Where a journal lies: the folder that was named, else `SPOOR_DIR`, else `.spoor` in the working directory. An empty name is none. */
export function journalFolder(
  named: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
  workingDirectory: string,
): string {
  return resolve(workingDirectory, named || environment["SPOOR_DIR"] || ".spoor");
}
