/** The newest so many, by name; the oldest is forgotten when it is full. What is kept here is a convenience: forgetting it may not lie. */
export class Recent<Value> {
  readonly #most: number;
  readonly #entries: Map<string, Value> = new Map();
  /**
   * Stands before the oldest entry: a new iterator each time would walk over all that was forgotten before it. One that is kept and not moved on
   * keeps every table that the map has outgrown since, so there is none while names are deleted.
   */
  #oldest: MapIterator<string> | null = null;

  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(name: string): Value | undefined {
    return this.#entries.get(name);
  }

  entries(): Iterable<readonly [string, Value]> {
    return this.#entries;
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  set(name: string, value: Value): void {
    if (!this.#entries.has(name) && this.#entries.size >= this.#most) {
      this.#oldest ??= this.#entries.keys();
      const { value: oldest } = this.#oldest.next();
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
    this.#entries.set(name, value);
  }

  delete(name: string): void {
    this.#entries.delete(name);
    this.#oldest = null;
  }

  clear(): void {
    this.#entries.clear();
    this.#oldest = null;
  }
}
