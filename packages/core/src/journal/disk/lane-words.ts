import { setImmediate } from "node:timers/promises";
import type { Reduced, SayReduced } from "../reduction.ts";
import { type About, saidByNobody, sayReduced } from "../say-reduced.ts";
import { syncWritten, syncWrittenNow } from "./group-commit.ts";
import { achieved, type LaneInHand } from "./lane-in-hand.ts";
import { entriesFile, segmentFolder, segmentNumbers } from "./layout.ts";
import { wordsOfReduction } from "./words-of-reduction.ts";

const sliceMs = 5;

/** What is said in a lane of what goes from it. It is on the disk, with the folders that lead to it, before anything goes. */
export class LaneWords {
  readonly #lane: LaneInHand;
  #say: SayReduced = saidByNobody;

  constructor(lane: LaneInHand) {
    this.#lane = lane;
  }

  speakThrough(say: SayReduced): void {
    this.#say = say;
  }

  /** All in one piece, so that nobody records in between. Throws where it cannot be said, or what the disk says. */
  sayNow(reduced: Reduced, about: About): void {
    const first = this.#lane.end().segment;
    this.#record(reduced, about);
    this.#syncNowFrom(first);
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
          this.#record({ sessions: [session], ...reason }, { what: "content", why, segment: one });
          isSaid = true;
        }
    if (isSaid) this.#syncNowFrom(first);
  }

  /** Of a complete segment, in slices, between which others record. False: it is not on the disk of each session. */
  async sayInSlices({ sessions, ...reason }: Reduced, about: AboutSegment): Promise<boolean> {
    const { end, attempt, retention } = this.#lane;
    const first = end().segment;
    const concerned = [...sessions];
    let said = 0;
    const sayMore = (): void => {
      retention().mustHold(about.segment);
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
      if (!attempt(sayMore)) return false;
      await setImmediate();
    } while (said < concerned.length);
    return achieved(this.#lane, () => this.#syncFrom(first));
  }

  #record(reduced: Reduced, about: About): void {
    sayReduced(this.#say, this.#lane, reduced, about);
    this.#lane.write();
  }

  #syncNowFrom(first: number): void {
    const { dir, files } = this.#lane;
    for (const path of this.#entriesFrom(first)) syncWrittenNow(path, dir, files);
  }

  async #syncFrom(first: number): Promise<void> {
    const { dir, files } = this.#lane;
    for (const path of this.#entriesFrom(first)) await syncWritten(path, dir, files);
  }

  /** The entries of the segments from this one on: a word may have filled one. */
  #entriesFrom(first: number): readonly string[] {
    const { folder, end } = this.#lane;
    return segmentNumbers(folder)
      .filter((segment) => segment >= first && segment <= end().segment)
      .map((segment) => entriesFile(segmentFolder(folder, segment)));
  }
}

type AboutSegment = About & { readonly segment: number };
