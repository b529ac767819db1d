import { dirname } from "node:path";
import type { FileSystem } from "./file-system.ts";
import { isMissing } from "./journal-error.ts";

/** Does what needs the folder of a path. It is made only where it turns out to be missing, because it is nearly always there. Throws what the disk says. */
export function inFolderOf<Result>(path: string, files: FileSystem, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!isMissing(error)) throw error;
    files.makeFolder(dirname(path));
    return work();
  }
}
