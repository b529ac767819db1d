import { accessSync, constants, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { isRecord, journalReader } from "@spoor/core";
import { parseEventLine } from "@spoor/core/schema";
import type { JournalState, LaneState, LaneWriter } from "./diagnosis.ts";
import { laneWriters } from "./lane-writer.ts";

/** What lies in a journal and who writes it. Changes nothing: whether it can be written is asked, not tried. */
export function journalState(dir: string, maxBytes: number | null): JournalState {
  const exists = isFolder(dir);
  const sessions = new Set<string>();
  const lanes = exists ? laneStates(dir, sessions) : [];
  return {
    dir,
    exists,
    readable: lanes !== null,
    writable: mayWrite(exists ? dir : nearestFolder(dir)),
    maxBytes,
    sessions: sessions.size,
    lanes: lanes ?? [],
  };
}

/** Null where the file system does not let us look. */
function laneStates(dir: string, sessions: Set<string>): readonly LaneState[] | null {
  const reader = journalReader(dir);
  try {
    return Array.from(laneWriters(dir), ([lane, writer]) =>
      laneState(dir, { lane, writer }, reader.entriesOf(lane), sessions),
    );
  } catch {
    return null;
  }
}

function laneState(
  dir: string,
  { lane, writer }: { readonly lane: string; readonly writer: LaneWriter },
  lines: Iterable<{ readonly line: string }>,
  sessions: Set<string>,
): LaneState {
  const folder = join(dir, "lanes", lane);
  let entries = 0;
  let unreadable = 0;
  let lastSequence = -1;
  for (const { line } of lines) {
    entries += 1;
    const parsed = parseEventLine(line);
    if (parsed.ok) {
      sessions.add(parsed.event.session);
      lastSequence = Math.max(lastSequence, parsed.event.sequence);
    } else unreadable += 1;
  }
  return {
    lane,
    entries,
    unreadable,
    removed: removedFrom(folder),
    bytes: bytesIn(join(folder, "segments")),
    lastSequence,
    writer,
  };
}

/** As `removed.json` has it; where it cannot be read, none are known. */
function removedFrom(lane: string): number {
  try {
    const account: unknown = JSON.parse(readFileSync(join(lane, "removed.json"), "utf8"));
    return isRecord(account) && typeof account["entries"] === "number" ? account["entries"] : 0;
  } catch {
    return 0;
  }
}

function bytesIn(folder: string): number {
  if (!isFolder(folder)) return 0;
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false }))
    .reduce((sum, status) => sum + (status?.size ?? 0), 0);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Where a folder that is not there would be made: the first one above it that is something. */
function nearestFolder(dir: string): string {
  const above = dirname(dir);
  if (above === dir || statSync(dir, { throwIfNoEntry: false })) return dir;
  return nearestFolder(above);
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return isFolder(path);
  } catch {
    return false;
  }
}
