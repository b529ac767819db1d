/** Stands in for the SDK's query: it keeps to itself what nobody else may touch, and is asked for each message. */
export class FakeQuery {
  readonly asked: string[] = [];
  #at = 0;
  #model: string | undefined;
  readonly #messages: readonly unknown[];
  readonly #failure: unknown;

  constructor(messages: readonly unknown[], failure?: unknown) {
    this.#messages = messages;
    this.#failure = failure;
  }

  get model(): string | undefined {
    return this.#model;
  }

  set model(model: string | undefined) {
    this.#model = model;
  }

  async next(): Promise<IteratorResult<unknown, void>> {
    this.asked.push("next");
    const at = this.#at;
    if (at < this.#messages.length) {
      this.#at += 1;
      return { done: false, value: this.#messages[at] };
    }
    if (this.#failure !== undefined) throw this.#failure;
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<unknown, void>> {
    this.asked.push("return");
    this.#at = this.#messages.length;
    return { done: true, value: undefined };
  }

  async throw(error: unknown): Promise<IteratorResult<unknown, void>> {
    this.asked.push("throw");
    throw error;
  }

  async interrupt(): Promise<string> {
    this.asked.push("interrupt");
    return `interrupted at ${this.#at}`;
  }

  async setModel(model: string): Promise<this> {
    this.#model = model;
    return this;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.asked.push("dispose");
    await this.return();
  }
}

/** Asks for all that there is. */
export async function drained(messages: AsyncIterable<unknown>): Promise<readonly unknown[]> {
  const seen: unknown[] = [];
  for await (const message of messages) seen.push(message);
  return seen;
}
