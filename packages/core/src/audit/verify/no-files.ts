import { type Dirent, readdirSync, realpathSync, statSync, type Stats } from "node:fs";
import { join } from "node:path";
import { isMissing } from "../../journal/disk/journal-error.ts";

/**
 * What lies under a folder and is neither a file nor a folder, also behind links: a pipe never ends, a device may never end either. A link that leads
 * nowhere is as good as nothing. Throws what the file system says, of links that lead round as well.
 */
export function* noFilesIn(folder: string, seen: Set<string> = new Set()): Generator<string> {
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    const kind = entry.isSymbolicLink() ? targetOf(path) : entry;
    if (kind === null || kind.isFile()) continue;
    if (!kind.isDirectory()) yield path;
    else if (!entry.isSymbolicLink() || isNew(realpathSync(path), seen))
      yield* noFilesIn(path, seen);
  }
}

function isNew(path: string, seen: Set<string>): boolean {
  const before = seen.size;
  return seen.add(path).size > before;
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function targetOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
