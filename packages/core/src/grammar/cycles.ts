import type { Key } from "../vocabulary/event.ts";

/** The rings that parents form. Each ring stands once, from its least key on upwards through the parents. */
export function cyclesOf(parents: ReadonlyMap<Key, Key>): readonly (readonly Key[])[] {
  const walkOf: Map<Key, Key> = new Map();
  const cycles: (readonly Key[])[] = [];
  for (const start of parents.keys()) {
    let key: Key | undefined = start;
    while (key !== undefined && !walkOf.has(key)) {
      walkOf.set(key, start);
      key = parents.get(key);
    }
    if (key !== undefined && walkOf.get(key) === start) cycles.push(ringFrom(key, parents));
  }
  return cycles;
}

function ringFrom(start: Key, parents: ReadonlyMap<Key, Key>): readonly Key[] {
  const ring = [start];
  for (let key = parents.get(start); key !== undefined && key !== start; key = parents.get(key))
    ring.push(key);
  const least = ring.reduce((one, other) => (other < one ? other : one));
  const first = ring.indexOf(least);
  return [...ring.slice(first), ...ring.slice(0, first)];
}
