import type { Position } from "../../journal/journal.ts";
import { type Hash, leafHash } from "../merkle/hash.ts";
import { type Frontier, type Tile, extendFrontier } from "../tiles/frontier.ts";
import { tileWidth, tilesBetween } from "../tiles/tile-coordinates.ts";
import type { EntryLine } from "./entry-lines.ts";

/** A tree to which lines were added. */
export interface GrownTree {
  readonly frontier: Frontier;
  /** Where the last line begins; null: there was none. */
  readonly last: Position | null;
  /** There may be more lines. */
  readonly isCut: boolean;
  /** In which the lines lie. */
  readonly segments: ReadonlySet<number>;
}

/** A few milliseconds of work: so long others in this process wait. */
const leavesAtOnce = 1_024;
/** A second of work, and a full tile on level 1: so much is lost where a process ends in the middle of much to seal. */
const mostLeaves = tileWidth ** 2;

/**
 * Adds a leaf for each of the next lines and hands on the tiles that the grown tree has and the old one had not, each once; memory stays flat, and
 * more lines than can be lost are left to the next time. Rejects with what reading and writing say.
 */
export async function growTree(
  old: Frontier,
  lines: Iterator<EntryLine>,
  write: (tiles: readonly Tile[]) => Promise<void>,
  betweenSlices: () => Promise<unknown>,
): Promise<GrownTree> {
  const segments = new Set<number>();
  let frontier = old;
  let last: Position | null = null;
  let leaves: Hash[] = [];
  const grow = async (): Promise<void> => {
    const growth = extendFrontier(frontier, leaves);
    frontier = growth.frontier;
    leaves = [];
    await write(growth.tiles.filter(({ width }) => width === tileWidth));
    await betweenSlices();
  };
  let added = 0;
  for (let next = lines.next(); !next.done; next = lines.next()) {
    const { position, bytes } = next.value;
    leaves.push(leafHash(bytes));
    last = position;
    segments.add(position.segment);
    if (leaves.length === leavesAtOnce) await grow();
    added += 1;
    if (added === mostLeaves) break;
  }
  if (leaves.length > 0) await grow();
  await write(partialTiles(old.size, frontier));
  return { frontier, last, isCut: added === mostLeaves, segments };
}

/** At the right edge: those between the first leaf and the last would be other ones a moment later. */
function partialTiles(oldSize: number, { size, levels }: Frontier): readonly Tile[] {
  return [...tilesBetween(oldSize, size)]
    .filter(({ width }) => width < tileWidth)
    .map((tile) => ({ ...tile, hashes: levels[tile.level] ?? [] }));
}
