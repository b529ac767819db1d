/** A map that forgets what was set longest ago when it is full. What is kept here must be a convenience: forgetting it may not lie. */
export class BoundedMap<Name, Value> {
  readonly #limit: number;
  readonly #entries: Map<Name, Value> = new Map();
  /** Stands before the oldest entry: a new iterator each time would walk over all that was deleted before it. */
  #oldest: MapIterator<Name> | null = null;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(name: Name): Value | undefined {
    return this.#entries.get(name);
  }

  has(name: Name): boolean {
    return this.#entries.has(name);
  }

  set(name: Name, value: Value): Value {
    if (!this.#entries.has(name) && this.#entries.size >= this.#limit) {
      this.#oldest ??= this.#entries.keys();
      const { value: oldest } = this.#oldest.next();
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
    this.#entries.set(name, value);
    return value;
  }

  /** An iterator that stands still keeps alive every table that the map has outgrown since. */
  delete(name: Name): void {
    this.#oldest = null;
    this.#entries.delete(name);
  }
}
