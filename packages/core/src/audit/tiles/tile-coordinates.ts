/** How many hashes lie side by side in a full tile, and entries in a full bundle. */
export const tileWidth = 256;
/** How many levels of the tree a tile stands for: 2^8 is its width. */
export const tileHeight = 8;

/** Which bundle of entries. `width` below 256: a partial one, at the right edge of a tree. */
export interface BundleCoordinates {
  readonly index: number;
  readonly width: number;
}

/** Which tile: hash i of it is the root of the 256^level entries from (256 · index + i) · 256^level. */
export interface TileCoordinates extends BundleCoordinates {
  readonly level: number;
}

/** How many hashes all tiles of a level hold together, for a tree of `size`. */
export function hashesOnLevel(level: number, size: number): number {
  return Math.floor(size / tileWidth ** level);
}

/** The tile as it stands in a tree of `size`; its width is 0 where that tree has none of it. */
export function tileIn(size: number, level: number, index: number): TileCoordinates {
  const width = Math.min(tileWidth, hashesOnLevel(level, size) - index * tileWidth);
  return { level, index, width: Math.max(0, width) };
}

/** The tiles that a tree of `newSize` has and one of `oldSize` has not, or not as wide: what is to be written when it has grown. */
export function* tilesBetween(oldSize: number, newSize: number): Generator<TileCoordinates> {
  for (let level = 0; hashesOnLevel(level, newSize) > 0; level += 1)
    for (const place of placesBetween(hashesOnLevel(level, oldSize), hashesOnLevel(level, newSize)))
      yield { level, ...place };
}

/** The same for the bundles of entries. */
export function* bundlesBetween(oldSize: number, newSize: number): Generator<BundleCoordinates> {
  yield* placesBetween(oldSize, newSize);
}

function* placesBetween(oldCount: number, newCount: number): Generator<BundleCoordinates> {
  if (oldCount >= newCount) return;
  const first = Math.floor(oldCount / tileWidth);
  for (let index = first; index * tileWidth < newCount; index += 1)
    yield { index, width: Math.min(tileWidth, newCount - index * tileWidth) };
}
