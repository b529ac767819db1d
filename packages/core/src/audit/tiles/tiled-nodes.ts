import { type Hash, nodeHash } from "../merkle/hash.ts";
import type { NodeCoordinates, NodeReader } from "../merkle/node-reader.ts";
import { BoundedMap } from "../../vocabulary/bounded-map.ts";
import { type TileCoordinates, tileHeight, tileIn, tileWidth } from "./tile-coordinates.ts";
import { type TileReader, readTile } from "./tile-reader.ts";
import { tilePath } from "./tile-path.ts";

/** A proof needs a few tiles a level; neighbours need the same ones. */
const tilesKept = 64;

/**
 * The nodes of a tree of `size`, out of its tiles: proofs from them cost a few small reads, however large the log is. The tiles are taken at
 * their word, so what is made of them has to be verified against a signed root.
 */
export function tiledNodes(size: number, reader: TileReader): NodeReader {
  const kept = new BoundedMap<string, readonly Hash[]>(tilesKept);
  return (node) => {
    const { tile, first, count } = placeInTile(node, size);
    const path = tilePath(tile);
    const hashes = kept.get(path) ?? kept.set(path, readTile(tile, reader));
    return completeRoot(hashes, first, count);
  };
}

/** Which hashes of which tile a node is the root of. */
export function placeInTile(
  node: NodeCoordinates,
  size: number,
): { readonly tile: TileCoordinates; readonly first: number; readonly count: number } {
  const level = Math.floor(node.level / tileHeight);
  const count = 2 ** (node.level % tileHeight);
  const position = node.index * count;
  const index = Math.floor(position / tileWidth);
  return { tile: tileIn(size, level, index), first: position % tileWidth, count };
}

/** The root over as many hashes as a power of two. */
export function completeRoot(
  hashes: readonly Hash[],
  first: number = 0,
  count: number = hashes.length,
): Hash {
  if (count > 1) {
    const half = count / 2;
    return nodeHash(completeRoot(hashes, first, half), completeRoot(hashes, first + half, half));
  }
  const hash = hashes[first];
  if (hash === undefined) throw new RangeError(`there is no hash ${first} of ${hashes.length}`);
  return hash;
}
