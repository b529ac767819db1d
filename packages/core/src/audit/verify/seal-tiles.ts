import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { nodeFileSystem } from "../../journal/disk/file-system.ts";
import { isMissing } from "../../journal/disk/journal-error.ts";
import type { Hash } from "../merkle/hash.ts";
import { readIfThere } from "../sealer/seal-layout.ts";
import { decodeTile } from "../tiles/tile-bytes.ts";
import { type TileCoordinates, tileWidth } from "../tiles/tile-coordinates.ts";
import { parseTilePath, tilePath } from "../tiles/tile-path.ts";

/** A tile as it lies on disk. */
export interface FoundTile extends TileCoordinates {
  /** Under the seal's folder. */
  readonly path: string;
  /** Null: its bytes are not as many hashes as its name says. */
  readonly hashes: readonly Hash[] | null;
}

/** All tiles that a seal holds, the partial ones too that a wider one has followed. */
export class SealTiles {
  readonly #seal: string;
  readonly #widths: Map<string, number[]> = new Map();
  #size = 0;

  constructor(seal: string) {
    this.#seal = seal;
    for (const path of filesIn(join(seal, "tile"))) {
      const tile = parseTilePath(relative(seal, path).split(sep).join("/"));
      if (!tile) continue;
      const place = placeOf(tile.level, tile.index);
      this.#widths.set(place, [...(this.#widths.get(place) ?? []), tile.width]);
      if (tile.level === 0) this.#size = Math.max(this.#size, tile.index * tileWidth + tile.width);
    }
  }

  get isEmpty(): boolean {
    return this.#widths.size === 0;
  }

  /** Whether there is a tile in this place that is so wide, or a wider one that begins with the same hashes as far as it can be read. */
  hasAtLeast({ level, index, width }: TileCoordinates): boolean {
    const widths = this.#widths.get(placeOf(level, index)) ?? [];
    if (widths.includes(width)) return true;
    return widths.some((found) => found > width) && this.#canBeRead(level, index, width);
  }

  #canBeRead(level: number, index: number, width: number): boolean {
    const found = [...this.at(level, index)];
    return found.some((tile) => tile.hashes !== null && tile.width > width);
  }

  /** What lies in one place, as wide as it may be; none where it went since. */
  *at(level: number, index: number): Generator<FoundTile> {
    for (const width of this.#widths.get(placeOf(level, index)) ?? []) {
      const path = tilePath({ level, index, width });
      const bytes = readIfThere(join(this.#seal, path), nodeFileSystem);
      if (!bytes) continue;
      const hashes = decodeTile(bytes);
      yield { level, index, width, path, hashes: hashes?.length === width ? hashes : null };
    }
  }

  /** Of how many entries the tiles hold the leaves, as their names say. */
  get size(): number {
    return this.#size;
  }
}

const placeOf = (level: number, index: number): string => `${level}/${index}`;

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
