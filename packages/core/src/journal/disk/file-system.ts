import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  openSync,
  readFileSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { Buffer } from "node:buffer";
import { open, readdir, rmdir, unlink } from "node:fs/promises";
import { join } from "node:path";
import { isMissing } from "./journal-error.ts";
import { makeFolder } from "./make-folder.ts";

/** Every call that a journal's writer makes to the disk: the place where tests let a disk fail. Each throws what the system says. */
export interface FileSystem {
  /** To read and write; made where it is missing, in a folder that exists. */
  open(path: string): number;
  openToRead(path: string): number;
  /** Costs less than to fail at opening what is missing. */
  exists(path: string): boolean;
  size(fd: number): number;
  /** Bytes read, which may be fewer than there is room for. */
  read(fd: number, into: Buffer, position: number): number;
  /** Bytes written, which may be fewer than asked for. */
  write(fd: number, data: string | Buffer, position: number): number;
  truncate(fd: number, size: number): void;
  close(fd: number): void;
  /** With those above it, for the eyes of their owner where no mode is named; nothing where it exists. */
  makeFolder(path: string, mode?: number): void;
  list(folder: string): readonly string[];
  readWhole(path: string): Buffer;
  /** When it was last written to, in nanoseconds. */
  modified(path: string): bigint;
  /** A file that must not exist yet, for the eyes of its owner where no mode is named. May fail half-way, and then leave what it wrote. */
  create(path: string, data: string | Buffer, mode?: number): void;
  /** Gives a file a second name that must not exist yet. */
  link(path: string, name: string): void;
  /** Takes the place of a file that is called so. */
  rename(path: string, name: string): void;
  /** A file, or a folder with what lies in it; nothing where it is missing. */
  remove(path: string): void;
  /** The same, a name at a time, while this thread does other things. */
  removeByAndBy(path: string): Promise<void>;
  /** Of a file or a folder, and this thread waits. */
  syncNow(path: string): void;
  syncData(path: string): Promise<void>;
  syncFolder(path: string): Promise<void>;
}

export const nodeFileSystem: FileSystem = {
  open: (path) => openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600),
  // Where somebody has put a pipe in the place of a file, opening it would wait for ever.
  openToRead: (path) => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK),
  exists: (path) => statSync(path, { throwIfNoEntry: false }) !== undefined,
  size: (fd) => fstatSync(fd).size,
  read: (fd, into, position) => readSync(fd, into, 0, into.length, position),
  // As bytes: with a text, Deno writes to the beginning of the file, wherever it was told to.
  write: (fd, data, position) => {
    const bytes = typeof data === "string" ? Buffer.from(data) : data;
    return writeSync(fd, bytes, 0, bytes.length, position);
  },
  truncate: ftruncateSync,
  close: closeSync,
  makeFolder: (path, mode = 0o700) => {
    makeFolder(path, mode);
  },
  list: (folder) => readdirSync(folder),
  readWhole: (path) => readFileSync(path),
  modified: (path) => statSync(path, { bigint: true }).mtimeNs,
  // As bytes: with a text, Node ends the process where the file cannot be closed.
  create: (path, data, mode = 0o600) => {
    writeFileSync(path, typeof data === "string" ? Buffer.from(data) : data, {
      mode,
      flag: "wx",
    });
  },
  link: linkSync,
  rename: renameSync,
  remove: (path) => {
    rmSync(path, { recursive: true, force: true });
  },
  removeByAndBy,
  syncNow: (path) => {
    const fd = openSync(path, constants.O_RDONLY);
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  },
  syncData: async (path) => {
    const file = await open(path, "r+");
    try {
      await file.datasync();
    } finally {
      await file.close();
    }
  },
  syncFolder: async (path) => {
    const folder = await open(path, "r");
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  },
};

async function removeByAndBy(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (isMissing(error)) return;
    if (!isFolder(path)) throw error;
    for (const name of await readdir(path)) await removeByAndBy(join(path, name));
    await rmdir(path);
  }
}

const isFolder = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
