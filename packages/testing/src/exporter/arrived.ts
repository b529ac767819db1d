import type { Exporter } from "@spoor/core";
import { Buffer } from "node:buffer";
import type { Arrival, Destination, OpenDestination } from "./destination.ts";
import { type Example, type Item, itemsFor } from "./example.ts";

const ownId = (item: Item): string => ("id" in item ? item.id : item.spanId);

/** What a destination should hold once it has the example. */
export function idsOf<Place, Arrived extends Arrival>(
  { idOf = ownId }: Destination<Place, Arrived>,
  exporter: Exporter,
  example: Example,
): readonly string[] {
  return named(itemsFor(exporter, example).flatMap((item) => idOf(item) ?? []));
}

/** What it does hold. */
export function idsArrived<Place, Arrived extends Arrival>(
  { idsIn }: Destination<Place, Arrived>,
  open: OpenDestination<Place, Arrived>,
): readonly string[] {
  return named(open.arrivals().flatMap((arrival) => idsIn(arrival)));
}

const named = (ids: readonly string[]): readonly string[] => [...new Set(ids)].toSorted();

export function bytesOf(arrivals: readonly Arrival[]): Buffer {
  return Buffer.concat(arrivals.map(({ bytes }) => bytes));
}

/** How often a text stands in what arrived, and in what came around it. */
export function countOf(text: string, arrivals: readonly Arrival[]): number {
  const all = arrivals.flatMap(({ bytes, around }) => [String(bytes), around ?? ""]);
  return all.reduce((count, part) => count + part.split(text).length - 1, 0);
}
