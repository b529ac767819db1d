/** Told of what was asked, and whether it was still being waited for. */
type Answered<Asked> = (asked: Asked, isAwaited: boolean) => void;

/**
 * What one task has asked, of its model or of its tools, and has no answer to. The library never says which question an answer is to. There is one at a
 * time, unless one was given up by a pause or a stop: that may answer all the same, late, or never. Whose an answer is shows in what comes next: the
 * agent goes on at once with the one that it waits for, and with no other. So only where both are possible is an answer held until then.
 */
export class Unanswered<Asked> {
  /** Oldest first. */
  readonly #givenUp: Asked[] = [];
  #awaited: Asked | null = null;
  #latest: Asked | null = null;
  #held: Answered<Asked> | null = null;

  /** What was asked last, answered or not. */
  get latest(): Asked | null {
    return this.#latest;
  }

  get isAwaited(): boolean {
    return this.#awaited !== null;
  }

  asked(asked: Asked): void {
    this.goesOn();
    this.#awaited = asked;
    this.#latest = asked;
  }

  answered(tell: Answered<Asked>): void {
    this.#heldIsLate();
    if (this.#awaited === null) this.#tellLate(tell);
    else if (this.#givenUp.length === 0) this.#tellAwaited(tell);
    else this.#held = tell;
  }

  /** The library tells of no failure of what was given up. */
  failed(tell: (asked: Asked) => void): void {
    this.#heldIsLate();
    this.#tellAwaited(tell);
  }

  /** The agent does something with what it was answered. */
  goesOn(): void {
    const tell = this.#held;
    this.#held = null;
    if (tell) this.#tellAwaited(tell);
  }

  /** Nobody waits for it any more. */
  giveUp(tell: (asked: Asked) => void): void {
    this.#heldIsLate();
    const asked = this.#awaited;
    if (asked === null) return;
    this.#awaited = null;
    this.#givenUp.push(asked);
    tell(asked);
  }

  #heldIsLate(): void {
    const tell = this.#held;
    this.#held = null;
    if (tell) this.#tellLate(tell);
  }

  #tellLate(tell: Answered<Asked>): void {
    const asked = this.#givenUp.shift();
    if (asked !== undefined) tell(asked, false);
  }

  #tellAwaited(tell: Answered<Asked>): void {
    const asked = this.#awaited;
    this.#awaited = null;
    if (asked !== null) tell(asked, true);
  }
}
