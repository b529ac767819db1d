import type { Buffer } from "node:buffer";
import type { ContentRef } from "../../vocabulary/event.ts";
import type { Journal, JournalHealth, JournalReader, Position, Tail } from "../journal.ts";
import type { StandingOf } from "../segment-standing.ts";
import { DiskWaits } from "./disk-waits.ts";
import type { FileSystem } from "./file-system.ts";
import { GroupCommit } from "./group-commit.ts";
import { contentLine } from "./content-writer.ts";
import { asError, JournalError } from "./journal-error.ts";
import { journalReader } from "./journal-reader.ts";
import type { LaneLock } from "./lane-lock.ts";
import { segmentFolder, segmentNumbers } from "./layout.ts";
import { recoverLane } from "./recovery.ts";
import { Retention } from "./retention.ts";
import { SegmentWriter } from "./segment-writer.ts";
import { SubjectKeys } from "./subject-keys.ts";
import { WriteAccount } from "./write-account.ts";

/** What an append is safe against when it returns: nothing yet, the end of this process, and (after `flush`) a power cut. */
export type Acknowledgement = "memory" | "process" | "disk";

export interface LaneJournalOptions {
  readonly dir: string;
  readonly lock: LaneLock;
  /** Takes the same lane again, where its folder was removed. Null: somebody else has it. */
  readonly takeAgain: () => LaneLock | null;
  readonly files: FileSystem;
  readonly clock: () => number;
  readonly acknowledge: Acknowledgement;
  readonly segmentBytes: number;
  readonly maxBytes: number | null;
  readonly standingOf: StandingOf;
}

const heldBytes = 256 * 1024;
const heldForMs = 50;
const lookEveryMs = 1_000;

/** Writes the lane whose lock it is given, and frees it when it is closed. Its constructor throws what the disk says; nothing else does. */
export class LaneJournal implements Journal {
  readonly lane: string;
  readonly waits: DiskWaits;
  tail: Tail;
  readonly #options: LaneJournalOptions;
  readonly #keys: SubjectKeys;
  readonly #commit: GroupCommit;
  readonly #account: WriteAccount = new WriteAccount();
  #lock: LaneLock;
  #retention: Retention;
  #writer: SegmentWriter;
  #timer: NodeJS.Timeout | null = null;
  #closing: Promise<void> | null = null;
  #lookedAt: number;
  /** Another process writes the lane, since its folder was removed. */
  #isOut = false;
  #failure: Error | null = null;

  constructor(options: LaneJournalOptions) {
    const { dir, lock, files, clock } = options;
    const onFailure = (error: unknown): void => this.#fail(error);
    this.lane = String(lock.lane);
    this.#options = options;
    this.#lock = lock;
    this.#lookedAt = clock();
    this.waits = new DiskWaits(dir, files, onFailure);
    this.#keys = new SubjectKeys(lock.folder, files, onFailure);
    this.#commit = new GroupCommit(dir, files);
    const { complete, current, end, tail } = recoverLane(lock.folder);
    this.#retention = new Retention({ ...options, lane: lock.folder }, complete);
    this.tail = tail ?? this.#retention.account.tail;
    this.#writer = this.#openSegment(current, end);
  }

  segment(): number {
    if (this.#closing) return this.#writer.number;
    const isFull = this.#writer.bytes >= this.#options.segmentBytes;
    const now = this.#options.clock();
    if (isFull || Math.abs(now - this.#lookedAt) >= lookEveryMs) this.#lookAtLane(now);
    if (!this.#isOut && this.#writer.bytes >= this.#options.segmentBytes) this.#rotate();
    return this.#writer.number;
  }

  keyOf(subject: string): Buffer {
    return this.#keys.keyOf(subject);
  }

  get end(): Position {
    return { segment: this.#writer.number, offset: this.#writer.end };
  }

  store(subject: string, ref: ContentRef, json: string, cutFrom?: number): boolean {
    const line = contentLine(ref, json, cutFrom);
    const stored = this.#isWritable && this.#attempt(() => this.#writer.store(subject, ref, line));
    this.#account.value(stored);
    return stored;
  }

  append(entry: string, tail: Tail): Position | null {
    let offset = 0;
    const appended = this.#isWritable && this.#attempt(() => (offset = this.#writer.append(entry)));
    this.#account.entry(appended);
    if (!appended) return null;
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
    const { maxBytes } = this.#options;
    const bytes = this.#retention.bytes + this.#writer.bytes;
    const removed = this.#retention.account;
    return {
      lane: this.lane,
      entries: this.#account.entries,
      bytes,
      lost: this.#account.lost,
      lostContent: this.#account.lostContent,
      removed: removed.entries,
      removedBytes: removed.bytes,
      removedUndelivered: removed.undelivered,
      beyondBound: maxBytes === null ? 0 : Math.max(0, bytes - maxBytes),
      failure: this.#failure ?? this.#commit.failure,
    };
  }

  reader(): JournalReader {
    this.#writeHeld();
    return journalReader(this.#options.dir);
  }

  get #isWritable(): boolean {
    return !this.#closing && !this.#isOut;
  }

  async #close(): Promise<void> {
    await this.flush();
    if (!this.#isOut && !this.#lock.isHeld()) this.#loseUnseen();
    this.#giveUpWriter();
    this.#lock.release();
  }

  /** What still waits in memory is lost. */
  #giveUpWriter(): void {
    this.#account.lose(this.#writer.discard());
    this.#writer.close();
  }

  /** The folder of the lane is gone. What waits in memory is a part of what was not seen. */
  #loseUnseen(): void {
    this.#writer.discard();
    this.#account.removed();
  }

  #openSegment(number: number, end: number): SegmentWriter {
    const { files, acknowledge } = this.#options;
    const writer = new SegmentWriter({
      folder: segmentFolder(this.#lock.folder, number),
      number,
      end,
      files,
      heldBytes: acknowledge === "memory" ? heldBytes : 0,
      onWritten: (path) => {
        if (acknowledge === "disk") this.#commit.add(path);
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
    const { segmentBytes } = this.#options;
    this.#attempt(() => this.#retention.complete(complete, segmentBytes, this.tail));
  }

  /**
   * Files that somebody has removed can still be written to, in vain, and another process may have taken the lane since. So the lock is looked
   * at now and then, and before a segment begins: where it is gone, the lane is taken again and goes on with its next segment.
   */
  #lookAtLane(now: number): void {
    this.#lookedAt = now;
    if (!this.#isOut && this.#lock.isHeld()) {
      this.#account.seen();
      return;
    }
    if (!this.#isOut) {
      this.#loseUnseen();
      this.#giveUpWriter();
    }
    this.#isOut = true;
    this.#attempt(() => this.#beginAnew());
  }

  #beginAnew(): void {
    const lock = this.#options.takeAgain();
    if (!lock)
      throw new JournalError("LANE_HELD", `another process writes lane ${this.lane}`, {
        fix: "Do not remove the folder of a journal that is being written.",
      });
    try {
      const { current, tail } = recoverLane(lock.folder);
      const retention = new Retention(
        { ...this.#options, lane: lock.folder },
        segmentNumbers(lock.folder),
      );
      this.#writer = this.#openSegment(Math.max(current, this.#writer.number) + 1, 0);
      this.#retention = retention;
      if (tail && tail.sequence > this.tail.sequence) this.tail = tail;
    } catch (error) {
      lock.release();
      throw error;
    }
    this.#lock = lock;
    this.#isOut = false;
    this.#keys.writeAllDown();
  }

  #attempt(write: () => void): boolean {
    try {
      write();
      if (this.#options.acknowledge === "memory") this.#writeSoon();
      else this.#succeed();
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
    if (this.#options.acknowledge !== "memory" || this.#isOut) return;
    try {
      this.#writer.write();
      this.#succeed();
    } catch (error) {
      this.#fail(error);
      if (!this.#closing) this.#writeSoon();
    }
  }

  /** The disk works again: what was kept in memory meanwhile is written, or is the next failure. */
  #succeed(): void {
    if (!this.#failure) return;
    this.#failure = null;
    this.#keys.writeDown();
    this.waits.writeDown();
  }

  #fail(error: unknown): void {
    this.#failure = asError(error);
  }
}
