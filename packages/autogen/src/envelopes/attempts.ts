import { BoundedMap } from "@spoor/core";

const remembered = 20_000;

/**
 * Which delivery of a message this is, where the transport does not count. Only what this process has seen: a redelivery after it died is
 * its first again, and becomes one span with what the dead process left open. Bounded: what is forgotten is a first delivery again.
 */
export class Attempts {
  readonly #seen: BoundedMap<string, number> = new BoundedMap(remembered);

  next(messageId: string, agent: string, told: number | undefined): number {
    const name = JSON.stringify([messageId, agent]);
    const attempt = told ?? (this.#seen.get(name) ?? 0) + 1;
    this.#seen.delete(name);
    return this.#seen.set(name, attempt);
  }
}
