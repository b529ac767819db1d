import type { FileSystem } from "../../journal/disk/file-system.ts";
import { segmentNumbers } from "../../journal/disk/layout.ts";
import { parseJson } from "../../journal/disk/parse-json.ts";
import { type RemovedAccount, readAccount } from "../../journal/disk/removed-account.ts";
import { beginning, type Position } from "../../journal/journal.ts";
import { isRecord } from "../../vocabulary/json.ts";
import { AuditError } from "../merkle/audit-error.ts";
import { type Hash, leafHash } from "../merkle/hash.ts";
import { type EntryLine, entryLines } from "./entry-lines.ts";
import { lastSealedFile, readIfThere } from "./seal-layout.ts";

/** How far a lane is sealed. */
export interface SealedPart {
  readonly size: number;
  /** The leaf of the last sealed entry; null where none is sealed. */
  readonly lastLeaf: Hash | null;
}

/**
 * The lines of a lane behind the sealed ones. Found by the note of the last seal where that is right, else by counting. Throws an
 * `AuditError` where the record no longer holds what was sealed last, or where entries went before they were sealed.
 */
export function* unsealedLines(
  lane: string,
  seal: string,
  sealed: SealedPart,
  files: FileSystem,
): Generator<EntryLine> {
  const removed = readAccount(lane, files);
  const from = placeOf(lane, seal, sealed, removed, files);
  mustBeGapless(lane, from?.segment ?? 0, sealed.size);
  if (!from) {
    yield* leftLines(lane, removed, files);
    return;
  }
  const lines = entryLines(lane, files, from);
  lines.next();
  yield* lines;
}

/** For the next sealing, so that it need not count. */
export function lastSealedText(size: number, { segment, offset }: Position): string {
  return `${JSON.stringify({ size, segment, offset })}\n`;
}

/** Throws an `AuditError` where more was sealed than the checkpoint tells of: somebody has put an older one in its place, or taken it away. */
export function mustBeNewest(seal: string, size: number, files: FileSystem): void {
  const noted = readNote(seal, files)?.size ?? 0;
  if (noted <= size) return;
  const found = size === 0 ? "there is no checkpoint" : `the checkpoint is of ${size} entries`;
  throw new AuditError("CHECKPOINT_FOREIGN", `${found}, but ${noted} were sealed`, {
    fix: "Restore the newest checkpoint: signing from an older one could contradict it.",
  });
}

/** Where the last sealed line begins; null: the first line that is left is not sealed. */
function placeOf(
  lane: string,
  seal: string,
  { size, lastLeaf }: SealedPart,
  removed: RemovedAccount,
  files: FileSystem,
): Position | null {
  const noted = notedPlace(seal, size, files);
  if (noted && leafAt(lane, noted, files) === lastLeaf) return noted;
  if (removed.entries > size) throw wentUnsealed(removed.entries - size);
  if (removed.entries === size) return null;
  const counted = placeOfNth(size - removed.entries, leftLines(lane, removed, files));
  if (counted && leafAt(lane, counted, files) === lastLeaf) return counted;
  throw new AuditError(
    "ENTRY_UNKNOWN",
    `entry ${size - 1} of the record is not the one that was sealed`,
    {
      fix: "Verify the log, and restore the record from a copy: it was changed after it was sealed.",
    },
  );
}

/** A segment that is about to go counts as gone, with its entries. */
export function leftLines(
  lane: string,
  { removing }: RemovedAccount,
  files: FileSystem,
): Generator<EntryLine> {
  return entryLines(lane, files, beginning, removing);
}

function placeOfNth(nth: number, lines: Iterable<EntryLine>): Position | null {
  let count = 0;
  for (const { position } of lines) {
    count += 1;
    if (count === nth) return position;
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

function notedPlace(seal: string, size: number, files: FileSystem): Position | null {
  const note = readNote(seal, files);
  return note?.size === size ? note : null;
}

interface SealNote extends Position {
  readonly size: number;
}

/** Null: there is none, or none that can be read. */
function readNote(seal: string, files: FileSystem): SealNote | null {
  const noted = parseJson(readIfThere(lastSealedFile(seal), files)?.toString() ?? "");
  if (!isRecord(noted)) return null;
  const { size, segment, offset } = noted;
  return typeof size === "number" && typeof segment === "number" && typeof offset === "number"
    ? { size, segment, offset }
    : null;
}

/** Segments are numbered without a gap: one that is missing behind the sealed part has taken entries with it. */
function mustBeGapless(lane: string, from: number, size: number): void {
  const segments = segmentNumbers(lane).filter((segment) => segment >= from);
  const first = size === 0 ? 1 : (segments[0] ?? 1);
  const missing = segments.findIndex((segment, place) => segment !== first + place);
  if (missing < 0) return;
  throw new AuditError("ENTRY_UNKNOWN", `segment ${first + missing} went before it was sealed`, {
    fix: goOn,
  });
}

function wentUnsealed(count: number): AuditError {
  const message = `${count} ${count === 1 ? "entry" : "entries"} went with the bound before they were sealed`;
  return new AuditError("ENTRY_UNKNOWN", message, { fix: goOn });
}

const goOn =
  "Go on in another folder, with audit() in its config: what nobody has hashed cannot be sealed any more.";
