import type { Hash } from "../merkle/hash.ts";
import { treeRoot } from "../merkle/node-reader.ts";
import { type TileCoordinates, hashesOnLevel, tileIn, tileWidth } from "./tile-coordinates.ts";
import { type TileReader, readTile } from "./tile-reader.ts";
import { completeRoot, placeInTile } from "./tiled-nodes.ts";

/** All that is needed to go on with a tree: how large it is, and the hashes of its partial tile on each level, from the leaves up. */
export interface Frontier {
  readonly size: number;
  readonly levels: readonly (readonly Hash[])[];
}

/** A tile that is to be written. */
export interface Tile extends TileCoordinates {
  readonly hashes: readonly Hash[];
}

/** A tree that has grown: where to go on, and the tiles that it has and did not have before, or not as wide. */
export interface Growth {
  readonly frontier: Frontier;
  readonly tiles: readonly Tile[];
}

export const emptyFrontier: Frontier = { size: 0, levels: [] };

/** Where the tree of `size` goes on, out of its tiles. Throws where one is missing; it is taken at its word, so compare `rootOf` with a signed root. */
export function readFrontier(size: number, reader: TileReader): Frontier {
  const levels: (readonly Hash[])[] = [];
  for (let count = size; count > 0; count = Math.floor(count / tileWidth)) {
    const tile = tileIn(size, levels.length, Math.floor(count / tileWidth));
    levels.push(tile.width === 0 ? [] : readTile(tile, reader));
  }
  return { size, levels };
}

/** The tree with these leaves behind its own. Changes nothing: whoever cannot write the tiles still has the frontier before. */
export function extendFrontier(frontier: Frontier, leaves: readonly Hash[]): Growth {
  const grown: GrownLevel[] = [];
  let added = leaves;
  for (let level = 0; added.length > 0 || level < frontier.levels.length; level += 1) {
    const next = growLevel(level, frontier, added);
    grown.push(next);
    added = next.roots;
  }
  return {
    frontier: { size: frontier.size + leaves.length, levels: grown.map(({ rest }) => rest) },
    tiles: grown.flatMap(({ tiles }) => tiles),
  };
}

interface GrownLevel {
  readonly tiles: readonly Tile[];
  /** Of the tiles that are now full, for the level above. */
  readonly roots: readonly Hash[];
  readonly rest: readonly Hash[];
}

function growLevel(level: number, frontier: Frontier, added: readonly Hash[]): GrownLevel {
  const before = frontier.levels[level] ?? [];
  if (added.length === 0) return { tiles: [], roots: [], rest: before };
  const hashes = [...before, ...added];
  const first = Math.floor(hashesOnLevel(level, frontier.size) / tileWidth);
  const tiles: Tile[] = [];
  for (let start = 0; start < hashes.length; start += tileWidth) {
    const part = hashes.slice(start, start + tileWidth);
    tiles.push({ level, index: first + start / tileWidth, width: part.length, hashes: part });
  }
  const full = tiles.filter(({ width }) => width === tileWidth);
  const partial = tiles.find(({ width }) => width < tileWidth);
  return {
    tiles,
    roots: full.map((tile) => completeRoot(tile.hashes)),
    rest: partial?.hashes ?? [],
  };
}

/** The Merkle tree hash of the whole tree: all complete subtrees at its right edge lie in partial tiles. */
export function rootOf({ size, levels }: Frontier): Hash {
  return treeRoot(size, (node) => {
    const { tile, first, count } = placeInTile(node, size);
    return completeRoot(levels[tile.level] ?? [], first, count);
  });
}
