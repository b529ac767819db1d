import { Buffer } from "node:buffer";
import { type Hash, emptyRoot, leafHash, nodeHash } from "./hash.ts";
import type { NodeReader } from "./node-reader.ts";

/** The leaves of a tree whose entry n says n. */
export function countingLeaves(size: number): readonly Hash[] {
  return Array.from({ length: size }, (_, entry) => leafHash(Buffer.from(`entry ${entry}`)));
}

/** The nodes over leaves that are all at hand. */
export function nodesOver(leaves: readonly Hash[]): NodeReader {
  const levels: Hash[][] = [[...leaves]];
  for (let below = levels[0]; below && below.length > 1; below = levels.at(-1)) {
    const above: Hash[] = [];
    for (let place = 0; place + 1 < below.length; place += 2)
      above.push(nodeHash(below[place] as Hash, below[place + 1] as Hash));
    levels.push(above);
  }
  return ({ level, index }) => {
    const hash = levels[level]?.[index];
    if (hash === undefined) throw new RangeError(`no node ${index} on level ${level}`);
    return hash;
  };
}

/**
 * The tree as RFC 6962, section 2.1 defines it, word by word and by no code of this room but the hashes: MTH, PATH and SUBPROOF over leaves
 * D[start:end].
 */
export class DefinedTree {
  readonly #leaves: readonly Hash[];
  readonly #roots: Map<string, Hash> = new Map();

  constructor(leaves: readonly Hash[]) {
    this.#leaves = leaves;
  }

  root(start: number, end: number): Hash {
    const name = `${start}:${end}`;
    const known = this.#roots.get(name);
    if (known !== undefined) return known;
    const root = this.#rootAnew(start, end);
    this.#roots.set(name, root);
    return root;
  }

  #rootAnew(start: number, end: number): Hash {
    if (start === end) return emptyRoot;
    if (end - start === 1) return this.#leaves[start] as Hash;
    const k = split(end - start);
    return nodeHash(this.root(start, start + k), this.root(start + k, end));
  }

  path(m: number, start: number, end: number): readonly Hash[] {
    const n = end - start;
    if (n === 1) return [];
    const k = split(n);
    return m < k
      ? [...this.path(m, start, start + k), this.root(start + k, end)]
      : [...this.path(m - k, start + k, end), this.root(start, start + k)];
  }

  proof(m: number, n: number): readonly Hash[] {
    return this.#subproof(m, 0, n, true);
  }

  #subproof(m: number, start: number, end: number, known: boolean): readonly Hash[] {
    const n = end - start;
    if (m === n) return known ? [] : [this.root(start, end)];
    const k = split(n);
    return m <= k
      ? [...this.#subproof(m, start, start + k, known), this.root(start + k, end)]
      : [...this.#subproof(m - k, start + k, end, false), this.root(start, start + k)];
  }
}

/** The largest power of two smaller than n. */
function split(n: number): number {
  const bits = (n - 1).toString(2).length;
  return 2 ** (bits - 1);
}
