import { Buffer } from "node:buffer";
import { nodeFileSystem, type FileSystem } from "./file-system.ts";

/** A disk that can be told to fail. */
export interface FailingDisk {
  readonly files: FileSystem;
  /** From now on each write fails, after it has taken so many bytes; null: it works again. */
  fails(failure: { readonly code: string; readonly afterBytes?: number } | null): void;
  /** Whether cutting a file back fails as well. */
  keepsWhatWasWritten(keeps: boolean): void;
  /** Descriptors that are open. */
  open(): ReadonlySet<number>;
}

export function failingDisk(): FailingDisk {
  let failure: { readonly code: string; readonly afterBytes?: number } | null = null;
  let keeps = false;
  const open = new Set<number>();
  return {
    fails: (next) => (failure = next),
    keepsWhatWasWritten: (next) => (keeps = next),
    open: () => open,
    files: {
      ...nodeFileSystem,
      open(path) {
        const fd = nodeFileSystem.open(path);
        open.add(fd);
        return fd;
      },
      write(fd, data, position) {
        if (!failure) return nodeFileSystem.write(fd, data, position);
        const bytes = Buffer.from(data as string);
        const taken = bytes.subarray(0, failure.afterBytes ?? 0);
        failure = { code: failure.code };
        if (taken.length === 0) throw systemError(failure.code);
        return nodeFileSystem.write(fd, taken, position);
      },
      truncate(fd, size) {
        if (keeps) throw systemError("EIO");
        nodeFileSystem.truncate(fd, size);
      },
      close(fd) {
        open.delete(fd);
        nodeFileSystem.close(fd);
      },
    },
  };
}

export const systemError = (code: string): Error =>
  Object.assign(new Error(`${code}: told to`), { code });
