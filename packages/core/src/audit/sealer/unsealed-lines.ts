import type { FileSystem } from "../../journal/disk/file-system.ts";
import { segmentNumbers } from "../../journal/disk/layout.ts";
import { type RemovedAccount, readAccount } from "../../journal/disk/removed-account.ts";
import { beginning, type Position } from "../../journal/journal.ts";
import { AuditError } from "../audit-error.ts";
import { type Hash, leafHash } from "../merkle/hash.ts";
import { type EntryLine, entryLines } from "./entry-lines.ts";
import { readLastSealed } from "./last-sealed.ts";

/** How far a lane is sealed, and where that lies. */
export interface SealedPart {
  /** The lane's folder. */
  readonly lane: string;
  readonly seal: string;
  readonly size: number;
  /** The leaf of the last sealed entry; null where none is sealed. */
  readonly lastLeaf: Hash | null;
  readonly files: FileSystem;
  /** Asked now and then while lines are counted. */
  readonly betweenSlices: () => Promise<unknown>;
}

const linesAtOnce = 65_536;

/**
 * The lines of a lane behind the sealed ones. Found by the note of the last seal where that is right, else by counting. Rejects with an
 * `AuditError` where the record no longer holds what was sealed last, or where entries went before they were sealed.
 */
export async function unsealedLines(sealed: SealedPart): Promise<Generator<EntryLine>> {
  const { lane, size, files } = sealed;
  const removed = readAccount(lane, files);
  const from = await placeOf(sealed, removed);
  mustBeGapless(lane, from?.segment ?? 0, size);
  return from ? linesBehind(lane, from, files) : leftLines(lane, removed, files);
}

/** All that the bound has left of a lane. A segment that is about to go counts as gone, with its entries. */
export function leftLines(
  lane: string,
  { removing }: RemovedAccount,
  files: FileSystem,
): Generator<EntryLine> {
  return entryLines(lane, files, beginning, removing);
}

function* linesBehind(lane: string, from: Position, files: FileSystem): Generator<EntryLine> {
  const lines = entryLines(lane, files, from);
  lines.next();
  yield* lines;
}

/** Where the last sealed line begins; null: the first line that is left is not sealed. */
async function placeOf(sealed: SealedPart, removed: RemovedAccount): Promise<Position | null> {
  const { lane, seal, size, lastLeaf, files } = sealed;
  const noted = readLastSealed(seal, files);
  if (noted?.size === size && leafAt(lane, noted, files) === lastLeaf) return noted;
  if (removed.entries > size) throw wentUnsealed(removed.entries - size);
  if (removed.entries === size) return null;
  const counted = await placeOfNth(size - removed.entries, sealed, removed);
  if (counted && leafAt(lane, counted, files) === lastLeaf) return counted;
  const isThere = counted !== null;
  throw new AuditError(
    isThere ? "ENTRY_CHANGED" : "ENTRIES_GONE",
    isThere
      ? `entry ${size - 1} of the record is not the one that was sealed`
      : `the record holds fewer entries than the ${size} that were sealed`,
    {
      fix: "Verify the log, and restore the record from a copy: it was changed after it was sealed.",
    },
  );
}

async function placeOfNth(
  nth: number,
  { lane, files, betweenSlices }: SealedPart,
  removed: RemovedAccount,
): Promise<Position | null> {
  let count = 0;
  for (const { position } of leftLines(lane, removed, files)) {
    count += 1;
    if (count === nth) return position;
    if (count % linesAtOnce === 0) await betweenSlices();
  }
  return null;
}

function leafAt(lane: string, position: Position, files: FileSystem): Hash | null {
  for (const line of entryLines(lane, files, position)) {
    const { segment, offset } = line.position;
    const isThere = segment === position.segment && offset === position.offset;
    return isThere ? leafHash(line.bytes) : null;
  }
  return null;
}

/** Segments are numbered without a gap: one that is missing behind the sealed part has taken entries with it. */
function mustBeGapless(lane: string, from: number, size: number): void {
  const segments = segmentNumbers(lane).filter((segment) => segment >= from);
  const first = size === 0 ? 1 : (segments[0] ?? 1);
  const missing = segments.findIndex((segment, place) => segment !== first + place);
  if (missing < 0) return;
  throw new AuditError("ENTRIES_GONE", `segment ${first + missing} went before it was sealed`, {
    fix: goOn,
  });
}

function wentUnsealed(count: number): AuditError {
  const message = `${count} ${count === 1 ? "entry" : "entries"} went with the bound before they were sealed`;
  return new AuditError("ENTRIES_GONE", message, { fix: goOn });
}

const goOn =
  "Go on in another folder, with audit() in its config: what nobody has hashed cannot be sealed any more.";
