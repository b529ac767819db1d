import type { Arrivals } from "./arrivals.ts";
import type { Arrived } from "./arrived.ts";
import type { Place } from "./place.ts";

/** A span, with what has to be known to tell of it. */
export interface Placed extends Omit<Arrived, "follows"> {
  readonly place: Place;
  readonly arrivals: Arrivals;
}
