import type { ContentRef } from "../../vocabulary/event.ts";
import { AppendFile } from "./append-file.ts";
import { ContentWriter } from "./content-writer.ts";
import type { FileSystem } from "./file-system.ts";
import { entriesFile } from "./layout.ts";
import { bytesIn } from "./segment-size.ts";

export interface SegmentWriterOptions {
  readonly folder: string;
  readonly number: number;
  /** Where its last whole entry ends. */
  readonly end: number;
  readonly files: FileSystem;
  /** Bytes that may wait in memory before they are written; 0: each line is written at once. */
  readonly heldBytes: number;
  /** Called with each file that was written to. */
  readonly onWritten: (path: string) => void;
}

/**
 * Writes one segment: content before the entries that refer to it. Its methods throw what the disk says, and are then as if they had not
 * been called.
 */
export class SegmentWriter {
  readonly number: number;
  readonly #entries: AppendFile;
  readonly #content: ContentWriter;
  readonly #onWritten: (path: string) => void;
  readonly #mostHeld: number;
  /** Content files with lines that wait. */
  readonly #waiting: Set<AppendFile> = new Set();
  #held = 0;
  #bytes: number;

  constructor(options: SegmentWriterOptions) {
    this.number = options.number;
    this.#entries = new AppendFile(entriesFile(options.folder), options.end, options.files);
    this.#content = new ContentWriter(options.folder, options.files);
    this.#onWritten = options.onWritten;
    this.#mostHeld = options.heldBytes;
    this.#bytes = bytesIn(options.folder);
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Where the next entry will lie in `entries.ndjson`. */
  get end(): number {
    return this.#entries.end;
  }

  /** Makes its files, so that a folder that cannot be written to shows before the first entry. */
  open(): void {
    this.#entries.open();
  }

  store(subject: string, ref: ContentRef, line: string): void {
    this.#makeRoom();
    const queued = this.#content.queue(subject, ref, line);
    if (!queued) return;
    const { file, bytes } = queued;
    if (this.#mostHeld === 0) {
      try {
        this.#writeContent(file);
      } catch (error) {
        file.discard();
        queued.forget();
        throw error;
      }
    } else {
      this.#waiting.add(file);
      this.#held += bytes;
    }
    this.#bytes += bytes;
  }

  /** Where the entry lies in `entries.ndjson`. */
  append(entry: string): number {
    this.#makeRoom();
    const { offset, bytes } = this.#entries.queue(entry);
    if (this.#mostHeld === 0) {
      try {
        this.#writeEntries();
      } catch (error) {
        this.#entries.discard();
        throw error;
      }
    } else {
      this.#held += bytes;
    }
    this.#bytes += bytes;
    return offset;
  }

  /** Writes what waits. What cannot be written goes on waiting. */
  write(): void {
    for (const file of this.#waiting) {
      this.#writeContent(file);
      this.#waiting.delete(file);
    }
    if (this.#entries.queuedBytes > 0) this.#writeEntries();
    this.#held = 0;
  }

  /** Gives up what waits, and says how much that was. */
  discard(): { readonly entries: number; readonly values: number } {
    let values = 0;
    for (const file of this.#waiting) values += file.discard();
    this.#waiting.clear();
    this.#held = 0;
    return { entries: this.#entries.discard(), values };
  }

  close(): void {
    this.#content.close();
    this.#entries.close();
  }

  #makeRoom(): void {
    if (this.#mostHeld > 0 && this.#held >= this.#mostHeld) this.write();
  }

  #writeContent(file: AppendFile): void {
    this.#content.write(file);
    this.#onWritten(file.path);
  }

  #writeEntries(): void {
    this.#entries.write();
    this.#onWritten(this.#entries.path);
  }
}
