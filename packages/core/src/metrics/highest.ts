interface Entry {
  readonly at: number;
  readonly value: number;
}

/** The greatest value of the last while. What is older than a greater one can never be it again, and is not kept. */
export class Highest {
  readonly #forMs: number;
  #falling: readonly Entry[] = [];

  constructor(forMs: number) {
    this.#forMs = forMs;
  }

  add(value: number, at: number): void {
    this.#falling = [...this.#falling.filter((entry) => entry.value > value), { at, value }];
  }

  /** Null: there was none for so long. */
  at(now: number): number | null {
    this.#falling = this.#falling.filter(({ at }) => now - at <= this.#forMs);
    return this.#falling[0]?.value ?? null;
  }
}
