import { createHash, hash, type Hash } from "node:crypto";
import { Recent } from "../../callbacks/runs/recent.ts";
import { canonicalText } from "./canonical.ts";

/** SHA-256, in hexadecimal. */
export type Digest = string;

/** A list that was digested, up to where it is taken to be the same for good. */
interface Settled {
  readonly list: WeakRef<readonly unknown[]>;
  readonly count: number;
  readonly running: Hash;
}

/** Agents change what they have just made, and what lies further back they leave alone. */
const readAgain = 4;
const mostLists = 1_000;

/**
 * Digests of values, each of what is new: of a list that goes on from one under the same name only the items that came, told apart by what object they
 * are. The last few items are read again each time. What is changed in place further back is not noticed.
 */
export class ValueDigests {
  readonly #items: WeakMap<object, Digest> = new WeakMap();
  readonly #lists: Recent<Settled> = new Recent(mostLists);

  /** `name`: the same for a list and what it grows to. Throws where the value cannot be read. */
  of(value: unknown, name: string): Digest {
    return Array.isArray(value) ? this.#ofList(value, name) : digestOf(value);
  }

  #ofList(list: readonly unknown[], name: string): Digest {
    const settled = Math.max(0, list.length - readAgain);
    const running = this.#settle(list, settled, name);
    for (let index = settled; index < list.length; index += 1)
      running.update(lineOf(this.#read(list[index])));
    return running.digest("hex");
  }

  /** The digest so far, of the items that are taken as they were. */
  #settle(list: readonly unknown[], count: number, name: string): Hash {
    const before = this.#lists.get(name);
    const goesOn = before !== undefined && isPrefix(before, list, count);
    const running = goesOn ? before.running.copy() : createHash("sha256");
    for (let index = goesOn ? before.count : 0; index < count; index += 1)
      running.update(lineOf(this.#known(list[index])));
    this.#lists.set(name, { list: new WeakRef(list), count, running: running.copy() });
    return running;
  }

  #known(item: unknown): Digest {
    const known = isObject(item) ? this.#items.get(item) : undefined;
    return known ?? this.#read(item);
  }

  #read(item: unknown): Digest {
    const digest = digestOfText(canonicalText(item));
    if (isObject(item)) this.#items.set(item, digest);
    return digest;
  }
}

/** What `ValueDigests` says of a value, from nothing. Throws where it cannot be read. */
export function digestOf(value: unknown): Digest {
  if (!Array.isArray(value)) return digestOfText(canonicalText(value));
  const running = createHash("sha256");
  for (const item of value) running.update(lineOf(digestOfText(canonicalText(item))));
  return running.digest("hex");
}

export function digestOfText(text: string): Digest {
  return hash("sha256", text, "hex");
}

const lineOf = (digest: Digest): string => `${digest}\n`;

function isPrefix({ list, count }: Settled, next: readonly unknown[], most: number): boolean {
  const before = list.deref();
  if (before === undefined || count > most) return false;
  for (let index = 0; index < count; index += 1) if (before[index] !== next[index]) return false;
  return true;
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
