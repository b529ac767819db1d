import { BoundedMap } from "../vocabulary/bounded-map.ts";
import type { Key } from "../vocabulary/event.ts";

const mostRemembered = 50_000;

/** The names of spans that have left and are forgotten, as far as they are remembered: what is told of them is late. */
export class Gone {
  readonly #names: BoundedMap<string, true> = new BoundedMap(mostRemembered);

  add(session: string, key: Key): void {
    this.#names.set(nameOf(session, key), true);
  }

  has(session: string, key: Key): boolean {
    return this.#names.has(nameOf(session, key));
  }
}

const nameOf = (session: string, key: Key): string => `${session.length}:${session}${key}`;
