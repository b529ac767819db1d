/** What the wire makes of it. */
export const overTheWire = <Value>(value: Value): Value =>
  JSON.parse(JSON.stringify(value)) as Value;

const handled: Promise<unknown>[] = [];

/** Resolves when all that was delivered has been handled. Throws what a handler threw. */
export async function allHandled(): Promise<void> {
  await Promise.all(handled);
}

/** A queue of one transport, in memory: what comes before somebody listens is kept. */
export class Deliveries<Delivered> {
  readonly #waiting: Delivered[] = [];
  #handle: ((delivered: Delivered) => unknown) | null = null;

  put(delivered: Delivered): void {
    if (this.#handle) handled.push(Promise.resolve(this.#handle(delivered)));
    else this.#waiting.push(delivered);
  }

  listen(handle: (delivered: Delivered) => unknown): void {
    this.#handle = handle;
    for (const delivered of this.taken()) this.put(delivered);
  }

  /** Those that nobody has had. */
  taken(): readonly Delivered[] {
    return this.#waiting.splice(0);
  }
}
