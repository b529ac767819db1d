import { Buffer } from "node:buffer";
import type { FileSystem } from "./file-system.ts";
import { inFolderOf } from "./in-folder.ts";

/**
 * A file that grows by whole lines. Lines are queued, then written; a write that fails leaves the file as it was and the queue full, so
 * the owner chooses between trying again and discarding. The descriptor is opened when it is needed, and may be closed at any time.
 */
export class AppendFile {
  readonly path: string;
  readonly #files: FileSystem;
  #fd: number | null = null;
  #end: number;
  #queue: Buffer[] = [];
  #queuedBytes = 0;

  /** `end`: where its last whole line ends; what lies beyond is cut off before the first write. */
  constructor(path: string, end: number, files: FileSystem) {
    this.path = path;
    this.#end = end;
    this.#files = files;
  }

  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  /** Where the next line will lie. */
  get end(): number {
    return this.#end + this.#queuedBytes;
  }

  /** Where the line will lie. */
  queue(line: string): { readonly offset: number; readonly bytes: number } {
    const offset = this.end;
    const bytes = Buffer.from(`${line}\n`);
    this.#queue.push(bytes);
    this.#queuedBytes += bytes.length;
    return { offset, bytes: bytes.length };
  }

  /** Throws what the disk said. */
  write(): void {
    if (this.#queuedBytes === 0) return;
    try {
      this.#writeWhole(this.#fd ?? this.open());
    } catch (error) {
      this.#cutBack();
      throw error;
    }
    this.#end += this.#queuedBytes;
    this.discard();
  }

  /** Forgets what is queued, and says how many lines that was. */
  discard(): number {
    const lines = this.#queue.length;
    this.#queue = [];
    this.#queuedBytes = 0;
    return lines;
  }

  /** Throws what the disk said, and is then closed. */
  open(): number {
    const fd = inFolderOf(this.path, this.#files, () => this.#files.open(this.path));
    this.#fd = fd;
    try {
      const size = this.#files.size(fd);
      if (size > this.#end) this.#files.truncate(fd, this.#end);
      // Somebody else took bytes away: writing beyond the end would fill the gap with zeros.
      if (size < this.#end) this.#end = size;
      return fd;
    } catch (error) {
      this.close();
      throw error;
    }
  }

  close(): void {
    const fd = this.#fd;
    this.#fd = null;
    if (fd === null) return;
    try {
      this.#files.close(fd);
    } catch (error) {
      ignoreFailedClose(error);
    }
  }

  #writeWhole(fd: number): void {
    const [first, second] = this.#queue;
    const bytes = first && !second ? first : Buffer.concat(this.#queue);
    for (let written = 0; written < bytes.length;) {
      const more = this.#files.write(fd, bytes.subarray(written), this.#end + written);
      if (more === 0) throw new Error(`could write only ${written} of ${bytes.length} bytes`);
      written += more;
    }
  }

  /** Where even that fails, the next opening does it. */
  #cutBack(): void {
    if (this.#fd === null) return;
    try {
      this.#files.truncate(this.#fd, this.#end);
    } catch {
      this.close();
    }
  }
}

/** Nothing is buffered in a descriptor, so a failed close loses nothing. */
function ignoreFailedClose(_error: unknown): void {
  return;
}
