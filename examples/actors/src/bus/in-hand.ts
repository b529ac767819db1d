/** Work that has begun. A process that ends politely ends it first. */
export class InHand {
  readonly #open: Set<Promise<unknown>> = new Set();

  add(work: Promise<unknown>): void {
    this.#open.add(work);
    void work.finally(() => this.#open.delete(work));
  }

  async ended(): Promise<void> {
    await Promise.all(this.#open);
  }
}
