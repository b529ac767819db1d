import type { Key } from "../vocabulary/event.ts";

/** Which keys name the same span, as far as aliases have told. */
export interface Names {
  join(key: Key, alias: Key): void;
  /** The least of the span's names, whatever the order they were joined in. */
  leastOf(key: Key): Key;
}

/** A forest in which every name points to a lesser one of the same span. */
export function createNames(): Names {
  const lesser: Map<Key, Key> = new Map();

  const leastOf = (key: Key): Key => {
    let least = key;
    for (let next = lesser.get(least); next !== undefined; next = lesser.get(least)) least = next;
    for (let name = key; name !== least;) {
      const next = lesser.get(name) ?? least;
      lesser.set(name, least);
      name = next;
    }
    return least;
  };

  return {
    leastOf,
    join(key, alias) {
      const one = leastOf(key);
      const other = leastOf(alias);
      if (one < other) lesser.set(other, one);
      else if (other < one) lesser.set(one, other);
    },
  };
}
