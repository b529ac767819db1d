import { randomUUID } from "node:crypto";
import type { Buffer } from "node:buffer";
import { dirname, join } from "node:path";
import type { FileSystem } from "./file-system.ts";
import { inFolderOf } from "./in-folder.ts";

/** Gives a file new content, whole or not at all, making its folder where it is missing. Throws what the disk says, and leaves nothing beside. */
export function replaceFile(files: FileSystem, path: string, data: string | Buffer): void {
  const draft = join(dirname(path), `draft.${randomUUID()}`);
  try {
    inFolderOf(path, files, () => files.create(draft, data));
    files.rename(draft, path);
  } catch (error) {
    removeIfPossible(files, draft);
    throw error;
  }
}

/** For what readers pass over anyway: work in progress that came to nothing. */
export function removeIfPossible(files: FileSystem, path: string): void {
  try {
    files.remove(path);
  } catch {
    return;
  }
}
