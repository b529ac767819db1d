import { statSync } from "node:fs";
import { hash } from "node:crypto";
import type { FileGroup, Framework } from "./framework.ts";
import { companionOf } from "./companion.ts";
import type { ImportState } from "./import-state.ts";
import { openRecording, type RecordingFile } from "./recording-file.ts";
import { reasonOf } from "../printing/file-failure.ts";
import type { Broken } from "./source-files.ts";
import type { ImportedFile } from "./stored-imports.ts";

/** What is to be done: groups of files to read, in this order, and files that need not be read again. */
export interface Plan {
  readonly groups: readonly (readonly string[])[];
  readonly bytes: number;
  /** By path. */
  readonly unchanged: ReadonlyMap<string, ImportedFile>;
  readonly broken: readonly Broken[];
}

/** Groups of which a file was written to since. */
export function changedSince(groups: readonly FileGroup[], earliest: number): readonly FileGroup[] {
  return groups.filter((group) => group.some((path) => lastWrite(path) >= earliest));
}

/** One that is gone counts as changed: it is said to be broken where it is to be read. */
const lastWrite = (path: string): number =>
  statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;

/**
 * Looks at each file, and reads none. What was written last is read last: a fork's file after the one whose lines it repeats, and where the journal is
 * bounded, the oldest go first.
 */
export function planOf(
  groups: readonly FileGroup[],
  framework: Framework,
  state: ImportState,
): Plan {
  const unchanged = new Map<string, ImportedFile>();
  const broken: Broken[] = [];
  let bytes = 0;
  const isToRead = (path: string): boolean => {
    try {
      const file = openRecording(path);
      file.close();
      const known = state.find(path, stampOf(file, framework));
      if (known) unchanged.set(path, known);
      else bytes += file.size;
      return known === null;
    } catch (error) {
      broken.push({ path, reason: reasonOf(error) });
      return false;
    }
  };
  const toRead = groups.map((group) => group.filter(isToRead)).filter(({ length }) => length > 0);
  return { groups: oldestFirst(toRead), bytes, unchanged, broken };
}

function oldestFirst(groups: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return groups
    .map((group) => ({ group, written: lastWrite(group[0] ?? "") }))
    .toSorted((one, other) => one.written - other.written || 0)
    .map(({ group }) => group);
}

/** Of a file and of what lies beside it. */
export function stampOf({ path, stamp }: RecordingFile, framework: Framework): string {
  const companion = companionOf(path, framework);
  return companion === null ? stamp : `${stamp} ${hash("sha256", companion, "base64url")}`;
}
