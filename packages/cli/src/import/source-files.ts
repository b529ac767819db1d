import { readdirSync, realpathSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { BadInput } from "../bad-input.ts";
import { reasonOf } from "../printing/file-failure.ts";

/** A file or folder that could not be read, and why. */
export interface Broken {
  readonly path: string;
  readonly reason: string;
}

export interface SourceFiles {
  /** Each once, sorted. */
  readonly paths: readonly string[];
  /** Those of them that were named one by one: somebody means exactly them. */
  readonly named: readonly string[];
  readonly broken: readonly Broken[];
}

/**
 * The files that are meant: those named, and of each folder what in it ends like a recording. `BadInput` where something named is not
 * there, or holds none; folders inside of it that cannot be read cost nobody the others.
 */
export function sourceFiles(
  names: readonly string[],
  endings: readonly string[],
  cwd: string,
): SourceFiles {
  const isRecording = (path: string): boolean => endings.some((ending) => path.endsWith(ending));
  const named: string[] = [];
  const found: string[] = [];
  const broken: Broken[] = [];
  for (const name of names) {
    const path = resolve(cwd, name);
    const standing = statSync(path, { throwIfNoEntry: false });
    if (!standing) throw new BadInput(`there is no file ${name}`);
    if (standing.isFile()) named.push(path);
    else if (standing.isDirectory()) {
      const before = found.length + broken.length;
      collect(path, { isRecording, found, broken, seen: new Set() });
      if (found.length + broken.length === before)
        throw new BadInput(`there is no ${endings.join(" or ")} file in ${name}`);
    } else throw new BadInput(`${name} is neither a file nor a folder`);
  }
  return { paths: [...new Set([...named, ...found])].toSorted(), named, broken };
}

interface Collecting {
  readonly isRecording: (path: string) => boolean;
  readonly found: string[];
  readonly broken: Broken[];
  readonly seen: Set<string>;
}

/** What lies at a path: a file, or below it, but for Spoor's own journals. Follows links, and comes to each folder once. */
function collect(path: string, collecting: Collecting): void {
  const { isRecording, found, broken, seen } = collecting;
  try {
    const standing = statSync(path, { throwIfNoEntry: false });
    if (standing?.isFile() && isRecording(path)) found.push(path);
    if (!standing?.isDirectory()) return;
    const folder = realpathSync(path);
    if (seen.has(folder) || isJournal(folder)) return;
    seen.add(folder);
    for (const name of readdirSync(path)) collect(join(path, name), collecting);
  } catch (error) {
    broken.push({ path, reason: reasonOf(error) });
  }
}

const isJournal = (folder: string): boolean =>
  statSync(join(folder, "lanes", "0", "segments"), { throwIfNoEntry: false })?.isDirectory() ===
  true;
