import { existsSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import type { Position } from "../journal.ts";
import type { CompleteSegment, Erasure, LaneReduction, Reduced, SayReduced } from "../reduction.ts";
import { type About, type Lane, saidByNobody, sayReduced } from "../say-reduced.ts";
import type { DiskWaits } from "./disk-waits.ts";
import type { FileSystem } from "./file-system.ts";
import { syncWritten, syncWrittenNow } from "./group-commit.ts";
import {
  contentFileNamed,
  contentFolder,
  entriesFile,
  indexFiles,
  removedFile,
  segmentFolder,
  segmentNumbers,
} from "./layout.ts";
import type { Leaving } from "./leaving.ts";
import type { Retention } from "./retention.ts";
import { sessionsUnder } from "./sessions-under.ts";
import type { SubjectKeys } from "./subject-keys.ts";
import { WishedErasures } from "./wished-erasures.ts";
import { wordsOfReduction } from "./words-of-reduction.ts";

/** A lane as whoever writes it has it in hand. */
export interface LaneInHand extends Lane {
  /** Of the journal. */
  readonly dir: string;
  readonly folder: string;
  readonly files: FileSystem;
  readonly keys: SubjectKeys;
  readonly waits: DiskWaits;
  readonly leaving: Leaving;
  readonly retention: () => Retention;
  readonly end: () => Position;
  /** Throws what the disk says. */
  readonly beginSegment: () => void;
  /** Of what waits in memory. Throws what the disk says. */
  readonly write: () => void;
  /** False: it threw, which the journal's health tells, or the lane cannot be written now. */
  readonly attempt: (work: () => void) => boolean;
  /** For the journal's health. */
  readonly fail: (error: unknown) => void;
  /** Asks for a look again and again, until what it returns is called. */
  readonly again: (look: () => Promise<void>) => () => void;
}

const mostRounds = 3;
const sliceMs = 5;

/** Reduces the lane of one writer. */
export class DiskReduction implements LaneReduction {
  readonly #lane: LaneInHand;
  readonly #wishes: WishedErasures;
  #say: SayReduced = saidByNobody;
  #stop: (() => void) | null = null;

  constructor(lane: LaneInHand) {
    this.#lane = lane;
    this.#wishes = new WishedErasures({
      ...lane,
      erase: (wish) => this.#putOutOfSight(wish),
      emptied: () => lane.leaving.empty(),
    });
  }

  speakThrough(say: SayReduced): void {
    this.#say = say;
    void this.#wishes.look();
    this.#stop ??= this.#lane.again(() => this.#wishes.look());
  }

  /** Nothing is looked for any more. Resolves when what was found is done. Never rejects. */
  async end(): Promise<void> {
    this.#stop?.();
    this.#stop = null;
    await this.#wishes.settled();
    await this.#emptied();
  }

  segments(): readonly CompleteSegment[] {
    return this.#lane.retention().segments();
  }

  beginSegment(): boolean {
    const { end, attempt, beginSegment } = this.#lane;
    return end().offset === 0 || attempt(beginSegment);
  }

  async thin(segment: number, reduced: Reduced): Promise<boolean> {
    const isSaid = await this.#announced(reduced, { what: "content", why: "retention", segment });
    return isSaid && this.#lane.attempt(() => this.#takeContent(segment)) && this.#emptied();
  }

  async remove(segment: number, reduced: Reduced): Promise<boolean> {
    const { dir, folder, leaving, retention, tail, attempt } = this.#lane;
    const isSaid = await this.#announced(reduced, { what: "entries", why: "retention", segment });
    const isCounted =
      isSaid &&
      attempt(() => {
        this.#mustBeComplete(segment);
        retention().count(segment, tail());
      }) &&
      (await this.#synced([removedFile(folder)]));
    const hasLeft =
      isCounted &&
      attempt(() => {
        retention().endRemoval();
        for (const path of indexFiles(dir)) leaving.take(path);
      });
    return hasLeft && this.#emptied();
  }

  async erase(erasure: Erasure): Promise<boolean> {
    return this.#lane.attempt(() => this.#putOutOfSight(erasure)) && this.#emptied();
  }

  /** What a segment that is about to go says of older ones that stay, which would be unexplained without it. Throws where it cannot be said. */
  sayAgain(segment: number, older: readonly number[]): void {
    const { folder, files } = this.#lane;
    const words = wordsOfReduction(entriesFile(segmentFolder(folder, segment)), files);
    const first = this.#lane.end().segment;
    let isSaid = false;
    for (const { session, why, segment: of, ...reason } of words)
      for (const one of older)
        if ((of ?? one) === one) {
          this.#sayOf({ sessions: [session], ...reason }, { what: "content", why, segment: one });
          isSaid = true;
        }
    if (isSaid) this.#syncNowFrom(first);
  }

  /** Said in slices, between which others record. False: it is not on the disk of each session. */
  async #announced({ sessions, ...reason }: Reduced, about: About): Promise<boolean> {
    const first = this.#lane.end().segment;
    const concerned = [...sessions];
    let said = 0;
    const sayMore = (): void => {
      if (about.segment !== undefined) this.#mustBeComplete(about.segment);
      const until = performance.now() + sliceMs;
      for (; said < concerned.length && performance.now() < until; said += 1)
        sayReduced(
          this.#say,
          this.#lane,
          { sessions: concerned.slice(said, said + 1), ...reason },
          about,
        );
      this.#lane.write();
    };
    do {
      if (!this.#lane.attempt(sayMore)) return false;
      await setImmediate();
    } while (said < concerned.length);
    return this.#synced(this.#entriesFrom(first));
  }

  /** What readers have made of the values goes before them and after them: before, so that no cut leaves it; after, because somebody may have made it between. */
  #takeContent(segment: number): void {
    const { dir, folder, leaving, retention } = this.#lane;
    this.#mustBeComplete(segment);
    for (const path of indexFiles(dir)) leaving.take(path);
    leaving.take(contentFolder(segmentFolder(folder, segment)));
    for (const path of indexFiles(dir)) leaving.take(path);
    retention().measure([segment]);
  }

  /**
   * All in one piece, so that nobody records in between. The key goes after the last value: a value without its key is one that nobody can check,
   * and no erasure.
   */
  #putOutOfSight(erasure: Erasure): void {
    const { subject } = erasure;
    const { dir, folder, leaving, retention, keys, waits } = this.#lane;
    const concerned = new Set(erasure.sessions);
    const fresh = this.#sayErased(erasure, concerned);
    const reduced = segmentNumbers(folder).filter(
      (segment) =>
        segment < fresh && leaving.take(contentFileNamed(segmentFolder(folder, segment), subject)),
    );
    retention().measure(reduced);
    keys.erase(subject);
    waits.erase(concerned, subject);
    for (const path of indexFiles(dir)) leaving.take(path);
  }

  /** In a segment that holds nothing of the subject: whoever has a gap to tell may tell it along with this. Adds the sessions that were found. */
  #sayErased({ subject, lookedTo, reason }: Erasure, concerned: Set<string>): number {
    const { folder, files } = this.#lane;
    for (let round = 0; round < mostRounds; round += 1) {
      this.#lane.beginSegment();
      const fresh = this.#lane.end().segment;
      for (const session of sessionsUnder(folder, subject, files, lookedTo)) concerned.add(session);
      const reduced = { sessions: concerned, ...(reason === undefined ? {} : { reason }) };
      this.#sayOf(reduced, { what: "content", why: "erasure" });
      this.#syncNowFrom(fresh);
      const isTold = (segment: number): boolean =>
        existsSync(contentFileNamed(segmentFolder(folder, segment), subject));
      if (!segmentNumbers(folder).some((segment) => segment >= fresh && isTold(segment)))
        return fresh;
    }
    throw new Error("values are recorded for the subject while it is said that they go");
  }

  #sayOf(reduced: Reduced, about: About): void {
    sayReduced(this.#say, this.#lane, reduced, about);
    this.#lane.write();
  }

  /** The entries of the segments from this one on: a word may have filled one. */
  #entriesFrom(first: number): readonly string[] {
    const { folder, end } = this.#lane;
    return segmentNumbers(folder)
      .filter((segment) => segment >= first && segment <= end().segment)
      .map((segment) => entriesFile(segmentFolder(folder, segment)));
  }

  #syncNowFrom(first: number): void {
    const { dir, files } = this.#lane;
    for (const path of this.#entriesFrom(first)) syncWrittenNow(path, dir, files);
  }

  async #synced(paths: readonly string[]): Promise<boolean> {
    const { dir, files } = this.#lane;
    return this.#achieved(async () => {
      for (const path of paths) await syncWritten(path, dir, files);
    });
  }

  #emptied(): Promise<boolean> {
    return this.#achieved(() => this.#lane.leaving.empty());
  }

  async #achieved(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.#lane.fail(error);
      return false;
    }
  }

  #mustBeComplete(segment: number): void {
    if (!this.#lane.retention().has(segment))
      throw new RangeError(`expected a complete segment of this lane, received ${segment}`);
  }
}
