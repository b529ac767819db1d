import { systemError } from "../../journal/disk/failing-disk.fixture.ts";
import { type FileSystem, nodeFileSystem } from "../../journal/disk/file-system.ts";

/** Nothing is really synced: no test cuts the power. */
export const unsynced: FileSystem = {
  ...nodeFileSystem,
  syncNow: () => {},
  syncData: () => Promise.resolve(),
  syncFolder: () => Promise.resolve(),
};

export interface DyingDisk {
  readonly files: FileSystem;
  readonly isDead: () => boolean;
}

const reading: ReadonlySet<string> = new Set<keyof FileSystem>([
  "openToRead",
  "size",
  "read",
  "close",
  "list",
  "readWhole",
  "modified",
]);

/** A process that ends before its nth change to the disk: nothing that it does afterwards reaches the disk. Where it reads it may as well end at the next change. */
export function dyingAt(nth: number): DyingDisk {
  let count = 0;
  const files = Object.fromEntries(
    Object.entries(unsynced).map(([name, call]: [string, (...given: unknown[]) => unknown]) => [
      name,
      (...given: unknown[]) => {
        if (!reading.has(name)) count += 1;
        if (count > nth) throw systemError("EIO");
        return call(...given);
      },
    ]),
  );
  return { files: files as unknown as FileSystem, isDead: () => count > nth };
}
