import type { CompleteSegment, Erasure, LaneReduction, Reduced, SayReduced } from "../reduction.ts";
import { emptied, type LaneInHand } from "./lane-in-hand.ts";
import { LaneWords } from "./lane-words.ts";
import { removeSegment, thinSegment } from "./segment-reduction.ts";
import { eraseSubject } from "./subject-erasure.ts";
import { WishedErasures } from "./wished-erasures.ts";

/** Reduces the lane of one writer. */
export class DiskReduction implements LaneReduction {
  readonly #lane: LaneInHand;
  readonly #words: LaneWords;
  readonly #wishes: WishedErasures;
  #stop: (() => void) | null = null;

  constructor(lane: LaneInHand) {
    this.#lane = lane;
    this.#words = new LaneWords(lane);
    this.#wishes = new WishedErasures({
      ...lane,
      erase: (wish) => eraseSubject(lane, this.#words, wish),
      emptied: () => lane.leaving.empty(),
    });
  }

  speakThrough(say: SayReduced): void {
    this.#words.speakThrough(say);
    void this.#wishes.look();
    this.#stop ??= this.#lane.again(() => this.#wishes.look());
  }

  /** Nothing is looked for any more. Resolves when what was found is done. Never rejects. */
  async end(): Promise<void> {
    this.#stop?.();
    this.#stop = null;
    await this.#wishes.settled();
    await emptied(this.#lane);
  }

  segments(): readonly CompleteSegment[] {
    return this.#lane.retention().segments();
  }

  beginSegment(): boolean {
    const { end, attempt, beginSegment } = this.#lane;
    return end().offset === 0 || attempt(beginSegment);
  }

  thin(segment: number, reduced: Reduced): Promise<boolean> {
    return thinSegment(this.#lane, this.#words, segment, reduced);
  }

  remove(segment: number, reduced: Reduced): Promise<boolean> {
    return removeSegment(this.#lane, this.#words, segment, reduced);
  }

  async erase(erasure: Erasure): Promise<boolean> {
    const { attempt } = this.#lane;
    return attempt(() => eraseSubject(this.#lane, this.#words, erasure)) && emptied(this.#lane);
  }

  /** What a segment that is about to go says of older ones that stay. Throws where it cannot be said. */
  sayAgain(segment: number, older: readonly number[]): void {
    this.#words.sayAgain(segment, older);
  }
}
