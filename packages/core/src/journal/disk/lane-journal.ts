import type { Buffer } from "node:buffer";
import type { ContentRef } from "../../vocabulary/event.ts";
import type {
  Journal,
  JournalHealth,
  JournalReader,
  Position,
  Tail,
  WaitRegister,
} from "../journal.ts";
import { diskWaits } from "./disk-waits.ts";
import type { FileSystem } from "./file-system.ts";
import { GroupCommit } from "./group-commit.ts";
import { asError } from "./journal-error.ts";
import { journalReader } from "./journal-reader.ts";
import type { LaneLock } from "./lane-lock.ts";
import { segmentFolder } from "./layout.ts";
import { recoverLane } from "./recovery.ts";
import { Retention } from "./retention.ts";
import { bytesIn } from "./segment-size.ts";
import { SegmentWriter } from "./segment-writer.ts";
import { SubjectKeys } from "./subject-keys.ts";

/** What an append is safe against when it returns: nothing yet, the end of this process, and (after `flush`) a power cut. */
export type Acknowledgement = "memory" | "process" | "disk";

export interface LaneJournalOptions {
  readonly dir: string;
  readonly lock: LaneLock;
  readonly files: FileSystem;
  readonly acknowledge: Acknowledgement;
  readonly segmentBytes: number;
  readonly maxBytes: number | null;
  readonly mayRemove: (segment: number) => boolean;
}

const heldBytes = 256 * 1024;
const heldForMs = 50;

/** Writes the lane whose lock it is given, and frees it when it is closed. Its constructor throws what the disk says; nothing else does. */
export class LaneJournal implements Journal {
  readonly lane: string;
  readonly waits: WaitRegister;
  tail: Tail;
  readonly #dir: string;
  readonly #lock: LaneLock;
  readonly #files: FileSystem;
  readonly #acknowledge: Acknowledgement;
  readonly #segmentBytes: number;
  readonly #keys: SubjectKeys;
  readonly #commit: GroupCommit;
  readonly #retention: Retention;
  #writer: SegmentWriter;
  #timer: NodeJS.Timeout | null = null;
  #closing: Promise<void> | null = null;
  #entries = 0;
  #lost = 0;
  #lostContent = 0;
  #failure: Error | null = null;

  constructor(options: LaneJournalOptions) {
    const { dir, lock } = options;
    this.lane = String(lock.lane);
    this.#dir = dir;
    this.#lock = lock;
    this.#files = options.files;
    this.#acknowledge = options.acknowledge;
    this.#segmentBytes = options.segmentBytes;
    this.waits = diskWaits(dir, (error) => this.#fail(error));
    this.#keys = new SubjectKeys(lock.folder, (error) => this.#fail(error));
    this.#commit = new GroupCommit(dir);
    const { complete, current, end, tail } = recoverLane(lock.folder);
    this.#retention = new Retention({ ...options, lane: lock.folder }, complete);
    this.tail = tail ?? this.#retention.tail;
    this.#writer = this.#openSegment(current, end);
  }

  segment(): number {
    if (this.#writer.bytes >= this.#segmentBytes && !this.#closing) this.#rotate();
    return this.#writer.number;
  }

  keyOf(subject: string): Buffer {
    return this.#keys.keyOf(subject);
  }

  get end(): Position {
    return { segment: this.#writer.number, offset: this.#writer.end };
  }

  store(subject: string, ref: ContentRef, json: string): boolean {
    const stored = !this.#closing && this.#attempt(() => this.#writer.store(subject, ref, json));
    if (!stored) this.#lostContent += 1;
    return stored;
  }

  append(entry: string, tail: Tail): Position | null {
    let offset = 0;
    const appended = !this.#closing && this.#attempt(() => (offset = this.#writer.append(entry)));
    if (!appended) {
      this.#lost += 1;
      return null;
    }
    this.#entries += 1;
    this.tail = tail;
    return { segment: this.#writer.number, offset };
  }

  async flush(): Promise<void> {
    this.#writeHeld();
    await this.#commit.settled();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  health(): JournalHealth {
    return {
      lane: this.lane,
      entries: this.#entries,
      bytes: this.#retention.bytes + this.#writer.bytes,
      lost: this.#lost,
      lostContent: this.#lostContent,
      removed: this.#retention.removed,
      failure: this.#failure ?? this.#commit.failure,
    };
  }

  reader(): JournalReader {
    this.#writeHeld();
    return journalReader(this.#dir);
  }

  async #close(): Promise<void> {
    await this.flush();
    const { entries, values } = this.#writer.discard();
    this.#entries -= entries;
    this.#lost += entries;
    this.#lostContent += values;
    this.#writer.close();
    this.#lock.release();
  }

  #openSegment(number: number, end: number): SegmentWriter {
    const folder = segmentFolder(this.#lock.folder, number);
    const writer = new SegmentWriter({
      folder,
      number,
      end,
      bytes: bytesIn(folder),
      files: this.#files,
      heldBytes: this.#acknowledge === "memory" ? heldBytes : 0,
      onWritten: (path) => {
        if (this.#acknowledge === "disk") this.#commit.add(path);
      },
    });
    writer.open();
    return writer;
  }

  /** Where the next segment cannot be made, the current one goes on, and the next entry tries again. */
  #rotate(): void {
    const complete = this.#writer;
    const rotated = this.#attempt(() => {
      complete.write();
      this.#writer = this.#openSegment(complete.number + 1, 0);
      complete.close();
    });
    if (!rotated) return;
    this.#attempt(() => this.#retention.complete(complete, this.#segmentBytes, this.tail));
  }

  #attempt(write: () => void): boolean {
    try {
      write();
      if (this.#acknowledge === "memory") this.#writeSoon();
      else this.#failure = null;
      return true;
    } catch (error) {
      this.#fail(error);
      return false;
    }
  }

  #writeSoon(): void {
    this.#timer ??= setTimeout(() => this.#writeHeld(), heldForMs).unref();
  }

  #writeHeld(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#acknowledge !== "memory") return;
    try {
      this.#writer.write();
      this.#failure = null;
    } catch (error) {
      this.#fail(error);
      if (!this.#closing) this.#writeSoon();
    }
  }

  #fail(error: unknown): void {
    this.#failure = asError(error);
  }
}
