import { closeSync, constants, fstatSync, ftruncateSync, openSync, writeSync } from "node:fs";
import type { Buffer } from "node:buffer";

/** The calls through which a journal's files grow: the place where tests let a disk fail. */
export interface FileSystem {
  open(path: string): number;
  size(fd: number): number;
  /** Bytes written, which may be fewer than asked for. */
  write(fd: number, data: string | Buffer, position: number): number;
  truncate(fd: number, size: number): void;
  close(fd: number): void;
}

export const nodeFileSystem: FileSystem = {
  open: (path) => openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600),
  size: (fd) => fstatSync(fd).size,
  write: (fd, data, position) =>
    typeof data === "string"
      ? writeSync(fd, data, position, "utf8")
      : writeSync(fd, data, 0, data.length, position),
  truncate: ftruncateSync,
  close: closeSync,
};
