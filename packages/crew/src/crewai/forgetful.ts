/** A map that forgets what was set first when it is full: what is kept in it may be forgotten, and must not lie then. */
export class Forgetful<Value> {
  readonly #most: number;
  readonly #entries: Map<string, Value> = new Map();

  constructor(most: number) {
    this.#most = most;
  }

  get(name: string): Value | undefined {
    return this.#entries.get(name);
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  set(name: string, value: Value): void {
    const [oldest] = this.#entries.keys();
    if (this.#entries.size >= this.#most && oldest !== undefined && !this.#entries.has(name))
      this.#entries.delete(oldest);
    this.#entries.set(name, value);
  }

  delete(name: string): boolean {
    return this.#entries.delete(name);
  }
}
