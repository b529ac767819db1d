import { Buffer } from "node:buffer";
import { mkdir, open, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { isMissing } from "../journal/disk/journal-error.ts";

export interface FileState {
  readonly device: number;
  readonly inode: number;
  readonly size: number;
}

/** A file that is open at its end: the place where tests let a disk fail. */
export interface AppendedFile {
  state(): Promise<FileState>;
  byteAt(offset: number): Promise<number | null>;
  /** Bytes taken, which may be fewer than were given. */
  append(bytes: Uint8Array): Promise<number>;
  close(): Promise<void>;
}

/** Makes the file, and its folder, where they are not there: for the eyes of their owner. Whose modes they have already, they keep. */
export async function openToAppend(path: string): Promise<AppendedFile> {
  const handle = await openOrMake(path);
  return {
    async state() {
      const { dev, ino, size } = await handle.stat();
      return { device: dev, inode: ino, size };
    },
    async byteAt(offset) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(1), 0, 1, offset);
      return bytesRead === 1 ? (buffer[0] ?? null) : null;
    },
    append: async (bytes) => (await handle.write(bytes)).bytesWritten,
    close: () => handle.close(),
  };
}

async function openOrMake(path: string): Promise<FileHandle> {
  try {
    return await open(path, "a+", 0o600);
  } catch (error) {
    if (!isMissing(error)) throw error;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return open(path, "a+", 0o600);
  }
}
