import type { Buffer } from "node:buffer";
import type { ContentRef } from "../../vocabulary/event.ts";
import type { Journal, JournalHealth, JournalReader, Position, Tail } from "../journal.ts";
import type { LaneReduction } from "../reduction.ts";
import { DiskWaits } from "./disk-waits.ts";
import { GroupCommit } from "./group-commit.ts";
import { contentLine } from "./content-writer.ts";
import { asError } from "./journal-error.ts";
import { journalReader } from "./journal-reader.ts";
import { LaneHold } from "./lane-hold.ts";
import type { LaneJournalOptions } from "./lane-journal-options.ts";
import { DiskReduction } from "./lane-reduction.ts";
import { segmentFolder, segmentNumbers } from "./layout.ts";
import { Leaving } from "./leaving.ts";
import { recoverLane } from "./recovery.ts";
import { Retention } from "./retention.ts";
import { SegmentWriter } from "./segment-writer.ts";
import { SubjectKeys } from "./subject-keys.ts";
import { WriteAccount } from "./write-account.ts";

const heldBytes = 256 * 1024;
const heldForMs = 50;

/** Writes the lane whose lock it is given, and frees it when it is closed. Its constructor throws what the disk says; nothing else does. */
export class LaneJournal implements Journal {
  readonly lane: string;
  readonly waits: DiskWaits;
  readonly #reduction: DiskReduction;
  tail: Tail;
  readonly #options: LaneJournalOptions;
  readonly #keys: SubjectKeys;
  readonly #commit: GroupCommit;
  readonly #account: WriteAccount = new WriteAccount();
  readonly #hold: LaneHold;
  readonly #leaving: Leaving;
  #retention: Retention;
  #writer: SegmentWriter;
  #timer: NodeJS.Timeout | null = null;
  #closing: Promise<void> | null = null;
  #failure: Error | null = null;

  constructor(options: LaneJournalOptions) {
    const { dir, lock, takeAgain, files, clock } = options;
    const onFailure = (error: unknown): void => this.#fail(error);
    this.lane = String(lock.lane);
    this.#options = options;
    this.#hold = new LaneHold(lock, takeAgain, clock());
    this.waits = new DiskWaits(dir, files, onFailure);
    this.#keys = new SubjectKeys(lock.folder, files, onFailure);
    this.#commit = new GroupCommit(dir, files);
    this.#leaving = new Leaving(lock.folder, files);
    const { complete, current, end, tail } = recoverLane(lock.folder);
    this.#retention = this.#retentionOf(complete);
    this.tail = tail ?? this.#retention.account.tail;
    this.#writer = this.#openSegment(current, end);
    this.#reduction = new DiskReduction({
      ...options,
      name: this.lane,
      folder: lock.folder,
      keys: this.#keys,
      waits: this.waits,
      leaving: this.#leaving,
      fail: onFailure,
      retention: () => this.#retention,
      tail: () => this.tail,
      end: () => this.end,
      beginSegment: () => this.#beginSegment(),
      write: () => this.#writer.write(),
      attempt: (work) => {
        this.#lookAtLane(clock());
        return this.#isWritable && this.#attempt(work);
      },
    });
    this.#empty();
  }

  get reduction(): LaneReduction {
    return this.#reduction;
  }

  segment(): number {
    if (this.#closing) return this.#writer.number;
    const isFull = this.#writer.bytes >= this.#options.segmentBytes;
    const now = this.#options.clock();
    if (isFull || this.#hold.isDue(now)) this.#lookAtLane(now);
    if (!this.#hold.isLost && this.#writer.bytes >= this.#options.segmentBytes)
      this.#attempt(() => this.#beginSegment());
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
    return !this.#closing && !this.#hold.isLost;
  }

  async #close(): Promise<void> {
    await this.#reduction.end();
    await this.flush();
    if (!this.#hold.isLost && !this.#hold.look(this.#options.clock())) this.#loseUnseen();
    this.#giveUpWriter();
    this.#hold.release();
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

  #retentionOf(complete: readonly number[]): Retention {
    const lane = this.#hold.folder;
    const beforeOlder = (segment: number, older: readonly number[]): void =>
      this.#reduction.sayAgain(segment, older);
    const leave = (path: string): void => {
      this.#leaving.take(path);
      this.#empty();
    };
    return new Retention({ ...this.#options, lane, leave, beforeOlder }, complete);
  }

  /** Of what was taken out of the lane. */
  #empty(): void {
    this.#leaving.empty().catch((error: unknown) => this.#fail(error));
  }

  #openSegment(number: number, end: number): SegmentWriter {
    const { files, acknowledge } = this.#options;
    const writer = new SegmentWriter({
      folder: segmentFolder(this.#hold.folder, number),
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

  /** Where the next segment cannot be made, the current one goes on, and the next entry tries again. Throws what the disk says. */
  #beginSegment(): void {
    const complete = this.#writer;
    complete.write();
    this.#writer = this.#openSegment(complete.number + 1, 0);
    complete.close();
    this.#retention.complete(complete, this.#options.segmentBytes, this.tail);
  }

  /** Where the lane is lost, it is taken again and goes on with its next segment. */
  #lookAtLane(now: number): void {
    const wasLost = this.#hold.isLost;
    if (this.#hold.look(now)) {
      this.#account.seen();
      return;
    }
    if (!wasLost) {
      this.#loseUnseen();
      this.#giveUpWriter();
    }
    this.#attempt(() => {
      this.#hold.takeAgain(() => this.#goOn());
      this.#keys.writeAllDown();
    });
  }

  #goOn(): void {
    const lane = this.#hold.folder;
    const { current, tail } = recoverLane(lane);
    const retention = this.#retentionOf(segmentNumbers(lane));
    this.#writer = this.#openSegment(Math.max(current, this.#writer.number) + 1, 0);
    this.#retention = retention;
    if (tail && tail.sequence > this.tail.sequence) this.tail = tail;
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
    if (this.#options.acknowledge !== "memory" || this.#hold.isLost) return;
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
