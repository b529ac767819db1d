import { systemError } from "../../journal/disk/failing-disk.fixture.ts";
import { type FileSystem, nodeFileSystem } from "../../journal/disk/file-system.ts";

/** Nothing is really synced: no test cuts the power. */
export const unsynced: FileSystem = {
  ...nodeFileSystem,
  syncData: () => Promise.resolve(),
  syncFolder: () => Promise.resolve(),
};

export interface DyingDisk {
  readonly files: FileSystem;
  readonly isDead: () => boolean;
}

/** A process that ends at its nth call to the disk: nothing that it does afterwards reaches the disk. */
export function dyingAt(nth: number): DyingDisk {
  let count = 0;
  const files = Object.fromEntries(
    Object.entries(unsynced).map(([name, call]: [string, (...given: unknown[]) => unknown]) => [
      name,
      (...given: unknown[]) => {
        count += 1;
        if (count > nth) throw systemError("EIO");
        return call(...given);
      },
    ]),
  );
  return { files: files as unknown as FileSystem, isDead: () => count > nth };
}
