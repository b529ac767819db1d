import { Buffer } from "node:buffer";
import { systemError } from "./failing-disk.fixture.ts";
import { nodeFileSystem, type FileSystem } from "./file-system.ts";

export type DiskCall = keyof FileSystem;

export interface Fault {
  readonly call: DiskCall;
  readonly code: string;
  /** Counted from 0, from the moment at which the disk was armed. */
  readonly first: number;
  readonly times: number;
  /** Of a write: so many bytes are taken first. Of `create`: an empty file is left. */
  readonly afterBytes: number;
}

export interface FaultyDisk {
  readonly files: FileSystem;
  /** From now on calls are counted, and fail as told. */
  arm(faults: readonly Fault[]): void;
  /** How many calls have failed. */
  failed(): number;
  /** Descriptors that are open. */
  open(): number;
}

/** The real file system, of which any call can be made to fail. */
export function faultyDisk(): FaultyDisk {
  let armed: readonly Fault[] = [];
  let failed = 0;
  const calls = new Map<DiskCall, number>();
  const open = new Set<number>();

  function faultIn(call: DiskCall): Fault | null {
    const count = calls.get(call) ?? 0;
    calls.set(call, count + 1);
    const fault = armed.find(
      ({ call: failing, first, times }) =>
        failing === call && count >= first && count < first + times,
    );
    if (fault) failed += 1;
    return fault ?? null;
  }
  function failingAt<Call extends DiskCall>(call: Call): FileSystem[Call] {
    const real = nodeFileSystem[call] as (...given: unknown[]) => unknown;
    return ((...given: unknown[]) => {
      const fault = faultIn(call);
      if (fault) throw systemError(fault.code);
      return real(...given);
    }) as FileSystem[Call];
  }
  function opening(call: "open" | "openToRead"): (path: string) => number {
    const real = failingAt(call);
    return (path) => {
      const fd = real(path);
      open.add(fd);
      return fd;
    };
  }

  /** Nothing is really synced: no test cuts the power. */
  function syncing(call: "syncNow" | "syncData" | "syncFolder"): void {
    const fault = faultIn(call);
    if (fault) throw systemError(fault.code);
  }

  const files: FileSystem = {
    ...nodeFileSystem,
    open: opening("open"),
    openToRead: opening("openToRead"),
    exists: failingAt("exists"),
    size: failingAt("size"),
    read: failingAt("read"),
    truncate: failingAt("truncate"),
    makeFolder: failingAt("makeFolder"),
    list: failingAt("list"),
    readWhole: failingAt("readWhole"),
    modified: failingAt("modified"),
    link: failingAt("link"),
    rename: failingAt("rename"),
    remove: failingAt("remove"),
    removeByAndBy: async (path) => {
      await Promise.resolve();
      await failingAt("removeByAndBy")(path);
    },
    syncNow: () => syncing("syncNow"),
    write(fd, data, position) {
      const fault = faultIn("write");
      if (!fault) return nodeFileSystem.write(fd, data, position);
      const bytes = Buffer.from(data as string).subarray(0, fault.afterBytes);
      if (bytes.length === 0) throw systemError(fault.code);
      return nodeFileSystem.write(fd, bytes, position);
    },
    create(path, data) {
      const fault = faultIn("create");
      if (!fault) return nodeFileSystem.create(path, data);
      if (fault.afterBytes > 0) nodeFileSystem.create(path, "");
      throw systemError(fault.code);
    },
    /** The descriptor is free again, also where closing has failed. */
    close(fd) {
      open.delete(fd);
      nodeFileSystem.close(fd);
      const fault = faultIn("close");
      if (fault) throw systemError(fault.code);
    },
    syncData: async () => syncing("syncData"),
    syncFolder: async () => syncing("syncFolder"),
  };
  return {
    files,
    arm(faults) {
      armed = faults;
      calls.clear();
    },
    failed: () => failed,
    open: () => open.size,
  };
}
