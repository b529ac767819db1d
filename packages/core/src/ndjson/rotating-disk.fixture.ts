import { Buffer } from "node:buffer";
import { systemError } from "../journal/disk/failing-disk.fixture.ts";
import type { AppendedFile } from "./appended-file.ts";

interface File {
  readonly inode: number;
  bytes: Buffer;
}

/** One file in memory that others rotate, cut and fill, on a disk that can be told to fail. */
export interface RotatingDisk {
  open(): Promise<AppendedFile>;
  /** As logrotate does by default: the next to open the path makes a file. */
  rename(): void;
  copyAndTruncate(): void;
  /** What a process that was killed left behind. */
  loseTheLast(bytes: number): void;
  /** The next append takes so many bytes, and the one after it fails. */
  fillsUpAfter(bytes: number): void;
  /** Oldest first, the current one last. */
  texts(): readonly string[];
  /** Of the current one. */
  size(): number;
}

export function rotatingDisk(): RotatingDisk {
  const rotated: string[] = [];
  let inodes = 0;
  let current: File | null = null;
  let left: number | null = null;
  const make = (): File => (current = { inode: (inodes += 1), bytes: Buffer.alloc(0) });
  const append = (file: File, bytes: Uint8Array): number => {
    if (left === 0) {
      left = null;
      throw systemError("ENOSPC");
    }
    const taken = bytes.subarray(0, left ?? bytes.length);
    if (left !== null) left = 0;
    file.bytes = Buffer.concat([file.bytes, taken]);
    return taken.length;
  };
  const text = (): string => current?.bytes.toString() ?? "";
  return {
    open: async () => {
      const file = current ?? make();
      return {
        state: async () => ({ device: 1, inode: file.inode, size: file.bytes.length }),
        byteAt: async (offset) => file.bytes[offset] ?? null,
        append: async (bytes) => append(file, bytes),
        close: () => Promise.resolve(),
      };
    },
    rename: () => {
      if (current) rotated.push(text());
      current = null;
    },
    copyAndTruncate: () => {
      if (!current) return;
      rotated.push(text());
      current.bytes = Buffer.alloc(0);
    },
    loseTheLast: (bytes) => {
      if (current) current.bytes = current.bytes.subarray(0, -bytes);
    },
    fillsUpAfter: (bytes) => {
      left = bytes;
    },
    texts: () => [...rotated, text()],
    size: () => current?.bytes.length ?? 0,
  };
}
