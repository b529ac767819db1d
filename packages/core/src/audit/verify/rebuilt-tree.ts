import type { Hash } from "../merkle/hash.ts";
import {
  emptyFrontier,
  extendFrontier,
  type Frontier,
  type Growth,
  rootOf,
  type Tile,
} from "../tiles/frontier.ts";
import { tileIn, tileWidth } from "../tiles/tile-coordinates.ts";
import { tilePath } from "../tiles/tile-path.ts";
import type { SealTiles } from "./seal-tiles.ts";

/** Entries, one behind the other, whose hashes are not those that the tiles hold. */
export interface DifferingEntries {
  readonly from: number;
  readonly to: number;
  /** The first tile that holds another hash, under the seal's folder. */
  readonly tile: string;
}

/** Names of tiles are as wild as who wrote them, and could ask for more than anybody can look for. */
const mostMissing = 1_000;

/**
 * The tree as the entries make it, tile by tile, beside the tiles that lie there: as far as they are signed for, because others mean nothing.
 * Leaves of entries that are gone are taken from the tiles. Memory stays flat.
 */
export class RebuiltTree {
  readonly differing: DifferingEntries[] = [];
  /** Tiles that do not hold what the tiles below them amount to, or not as many hashes as their names say. */
  readonly wrong: Set<string> = new Set();
  /** Tiles that should lie there and do not; not all of them where they are very many. */
  readonly missing: Set<string> = new Set();
  readonly #tiles: SealTiles;
  readonly #signed: number;
  /** Sizes at which the root is wanted. */
  readonly #stops: ReadonlySet<number>;
  readonly #roots: Map<number, Hash> = new Map();
  #frontier: Frontier = emptyFrontier;
  #leaves: Hash[] = [];
  #isLost = false;

  /** `signed`: how many entries the tiles are to hold. `sizes`: where else a root is wanted. */
  constructor(tiles: SealTiles, signed: number, sizes: readonly number[]) {
    this.#tiles = tiles;
    this.#signed = signed;
    this.#stops = new Set([signed, ...sizes]);
    this.#stop();
  }

  get size(): number {
    return this.#frontier.size + this.#leaves.length;
  }

  /** A leaf could not be had: nothing that follows can be known. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** Undefined: the tree has not so many entries, or they cannot be known. */
  rootAt(size: number): Hash | undefined {
    return this.#roots.get(size);
  }

  add(leaf: Hash): void {
    if (this.#isLost) return;
    this.#leaves.push(leaf);
    this.#stop();
    if (this.#leaves.length + (this.#frontier.size % tileWidth) < tileWidth) return;
    const growth = extendFrontier(this.#frontier, this.#leaves);
    this.#compare(growth);
    this.#frontier = growth.frontier;
    this.#leaves = [];
  }

  /** Entries that are gone. */
  addFromTiles(entries: number): void {
    for (let left = entries; left > 0 && !this.#isLost; left -= 1) {
      const leaf = this.#leafAt(this.size);
      if (leaf === null) this.#lose();
      else this.add(leaf);
    }
  }

  /** Compares the tiles at the right edge, and looks for those that must be there. */
  end(): void {
    // Nobody may have signed that size, and then it is as wild as its text.
    this.#lookFor(Math.min(this.#signed, Math.max(this.size, this.#tiles.size)));
    if (this.#isLost) return;
    const growth = extendFrontier(this.#frontier, this.#leaves);
    const { levels, size } = growth.frontier;
    for (const [level, hashes] of levels.entries()) {
      const tile = tileIn(size, level, Math.floor(size / tileWidth ** (level + 1)));
      if (hashes.length > 0) this.#compareTile({ ...tile, hashes });
    }
  }

  #lose(): void {
    this.#isLost = true;
    // What went before it was sealed is in no tile.
    if (this.size >= this.#signed) return;
    const index = Math.floor(this.size / tileWidth);
    this.missing.add(tilePath({ level: 0, index, width: tileWidth }));
  }

  #lookFor(signed: number): void {
    for (
      let level = 0, count = signed;
      count > 0;
      level += 1, count = Math.floor(count / tileWidth)
    )
      for (let index = 0; index * tileWidth < count; index += 1) {
        const tile = tileIn(signed, level, index);
        if (!this.#tiles.hasAtLeast(tile)) this.missing.add(tilePath(tile));
        if (this.missing.size >= mostMissing) return;
      }
  }

  /** Full tiles once; those at the edge are compared at the end, as wide as they are then. */
  #compare({ tiles }: Growth): void {
    for (const tile of tiles) if (tile.width === tileWidth) this.#compareTile(tile);
  }

  #compareTile({ level, index, hashes }: Tile): void {
    const { width } = tileIn(this.#signed, level, index);
    const differing = new Map<number, string>();
    for (const tile of this.#tiles.at(level, index)) {
      if (!tile.hashes && tile.width <= width) this.wrong.add(tile.path);
      const found = tile.hashes ?? [];
      const shared = Math.min(found.length, width, hashes.length);
      for (let place = 0; place < shared; place += 1)
        if (found[place] !== hashes[place] && !differing.has(place))
          differing.set(place, tile.path);
    }
    for (const [place, tile] of [...differing].toSorted(([left], [right]) => left - right))
      if (level === 0) this.#differ(index * tileWidth + place, tile);
      else this.wrong.add(tile);
  }

  #differ(entry: number, tile: string): void {
    const last = this.differing.at(-1);
    if (last?.to === entry - 1) this.differing[this.differing.length - 1] = { ...last, to: entry };
    else this.differing.push({ from: entry, to: entry, tile });
  }

  #stop(): void {
    if (!this.#stops.has(this.size)) return;
    this.#roots.set(this.size, rootOf(extendFrontier(this.#frontier, this.#leaves).frontier));
  }

  #leafAt(index: number): Hash | null {
    if (index >= this.#signed) return null;
    const place = index % tileWidth;
    for (const { hashes } of this.#tiles.at(0, Math.floor(index / tileWidth)))
      if (hashes?.[place] !== undefined) return hashes[place];
    return null;
  }
}
