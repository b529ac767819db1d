import { type BundleCoordinates, type TileCoordinates, tileWidth } from "./tile-coordinates.ts";

const highestLevel = 63;
const pathForm = /^tile\/(\w+)\/([x\d/]+)(?:\.p\/([1-9]\d*))?$/;

/** Where a tile lies under the log's prefix, as tlog-tiles has it: `tile/1/x001/x234/067.p/8`. */
export function tilePath({ level, index, width }: TileCoordinates): string {
  return `tile/${level}/${placePath(index, width)}`;
}

/** Where a bundle of entries lies: `tile/entries/x001/x234/067`. */
export function bundlePath({ index, width }: BundleCoordinates): string {
  return `tile/entries/${placePath(index, width)}`;
}

/** Null for what is not the one path of a tile. */
export function parseTilePath(path: string): TileCoordinates | null {
  const [, level] = pathForm.exec(path) ?? [];
  const tile = { level: Number(level), ...placeIn(path) };
  return tilePath(tile) === path && tile.level <= highestLevel ? tile : null;
}

/** Null for what is not the one path of a bundle. */
export function parseBundlePath(path: string): BundleCoordinates | null {
  const bundle = placeIn(path);
  return bundlePath(bundle) === path ? bundle : null;
}

/** In groups of three digits, so that no folder grows large and none is called as a file is. */
function placePath(index: number, width: number): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, "0");
  const partial = width < tileWidth ? `.p/${width}` : "";
  return `${padded.replaceAll(/\d{3}(?=\d)/g, "x$&/")}${partial}`;
}

/** Of whatever text, numbers; only those that have the same text again were really there. */
function placeIn(path: string): BundleCoordinates {
  const [, , place = "", width = String(tileWidth)] = pathForm.exec(path) ?? [];
  const index = Number(place.replaceAll(/[x/]/g, ""));
  return { index: Number.isSafeInteger(index) ? index : Number.NaN, width: Number(width) };
}
