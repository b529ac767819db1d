/** The way of errors up through scopes: one that something below has failed with is told there. */
export class FailureTrail {
  readonly #above: FailureTrail | null;
  /** Of all that hangs together: where an error was told first. */
  readonly #first: WeakMap<object, FailureTrail>;

  constructor(above: FailureTrail | null = null) {
    this.#above = above;
    this.#first = above === null ? new WeakMap() : above.#first;
  }

  /** True: it comes from below. Else it is told here, if it was told nowhere yet. What is thrown and is no object is told wherever it comes by. */
  comesBy(error: unknown): boolean {
    if (typeof error !== "object" || error === null) return false;
    const first = this.#first.get(error);
    if (!first) this.#first.set(error, this);
    return first !== undefined && first.#isUnder(this);
  }

  #isUnder(other: FailureTrail): boolean {
    for (let above = this.#above; above !== null; above = above.#above)
      if (above === other) return true;
    return false;
  }
}
