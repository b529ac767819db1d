import { BoundedMap } from "@spoor/core";
import type { CrewEvent } from "./native.ts";
import type { Scopes } from "./scopes.ts";

/**
 * A model call that fails without streaming is told twice, and the second telling closes the scope around the call, for CrewAI's own bookkeeping. What follows
 * in that thread then says that it lies one scope further out, or in none. Which event came before it still leads to where it really is.
 */
export class Astray {
  readonly #places: BoundedMap<string, string> = new BoundedMap(1000);

  /** The second telling: the scope that it has closed is still open. */
  lost({ id }: CrewEvent, place: string | undefined): void {
    if (id !== undefined && place !== undefined) this.#places.set(id, place);
  }

  /** The end of a scope: what follows lies in what is around that. */
  left({ id }: CrewEvent, around: string | undefined): void {
    if (id === undefined || !this.#places.has(id)) return;
    if (around === undefined) this.#places.delete(id);
    else this.#places.set(id, around);
  }

  /** The scope around an event. Undefined: none. */
  placeOf({ id, parent, previous }: CrewEvent, scopes: Scopes): string | undefined {
    const place = previous === undefined ? undefined : this.#places.get(previous);
    if (place === undefined) return parent;
    if (parent !== undefined && !scopes.isWithin(place, parent)) return parent;
    if (id !== undefined) this.#places.set(id, place);
    return place;
  }
}
