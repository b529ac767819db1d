import type { Family } from "../families.ts";
import type { CrewEvent } from "../native.ts";
import type { Identified } from "./identified.ts";
import { areAlike, isBefore, type Traits } from "./traits.ts";

/** A scope of which no event says which end is its own. */
export interface Open {
  readonly event: Identified;
  /** What it lies in, as it says itself. */
  readonly told: string | undefined;
  readonly family: Family;
  readonly traits: Traits;
}

const mostOpen = 2000;
const mostEnded = 200;

/** Scopes that have begun and not ended, the latest last. */
export class OpenScopes {
  readonly #open: Open[] = [];
  readonly #ended: { readonly open: Open; readonly by: CrewEvent }[] = [];

  add(open: Open): void {
    if (this.#open.length >= mostOpen) this.#open.shift();
    this.#open.push(open);
  }

  latest(fits: (open: Open) => boolean): Open | undefined {
    return this.#open.findLast(fits);
  }

  /** The same of those that were open when something happened, which may be told late. */
  around(event: CrewEvent, fits: (open: Open) => boolean): Open | undefined {
    const isIn = ({ open, by }: { readonly open: Open; readonly by: CrewEvent }): boolean =>
      fits(open) && !isBefore(by, event);
    return this.latest(fits) ?? this.#ended.findLast(isIn)?.open;
  }

  count(family: Family): number {
    return this.#open.filter((open) => open.family === family).length;
  }

  /** The scope that an event ends: of those that are like it, the one in the same place, and the latest. */
  end(family: Family, event: CrewEvent, traits: Traits): Open | undefined {
    const fits = (open: Open): boolean =>
      open.family === family && areAlike(open.traits, traits) && !isBefore(event, open.event);
    const hasPlaces = event.id !== undefined;
    const inPlace = this.latest((open) => fits(open) && open.told === event.parent);
    // The second telling of a failed call is no end of another call.
    const found = inPlace ?? (hasPlaces && family === "llm_call" ? undefined : this.latest(fits));
    if (found === undefined) return undefined;
    this.#open.splice(this.#open.indexOf(found), 1);
    if (this.#ended.length >= mostEnded) this.#ended.shift();
    this.#ended.push({ open: found, by: event });
    return found;
  }
}
