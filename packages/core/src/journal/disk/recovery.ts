import { Buffer } from "node:buffer";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { isRecord } from "../../vocabulary/json.ts";
import type { Tail } from "../journal.ts";
import { isMissing } from "./journal-error.ts";
import { entriesFile, segmentFolder, segmentNumbers } from "./layout.ts";
import { parseJson } from "./parse-json.ts";

/** What a lane was left with. A lane that nobody has written to begins with segment 1. */
export interface FoundLane {
  /** The segments before the current one. */
  readonly complete: readonly number[];
  readonly current: number;
  /** Where the last whole line of the current segment ends: what lies beyond is torn. */
  readonly end: number;
  /** Null: no entry is left. */
  readonly tail: Tail | null;
}

export function recoverLane(lane: string): FoundLane {
  const found = segmentNumbers(lane);
  const current = found.at(-1) ?? 1;
  return {
    complete: found.slice(0, -1),
    current,
    end: endOfWholeLines(entriesFile(segmentFolder(lane, current))),
    tail: lastTail(lane, found),
  };
}

/** Behind the last newline; 0 where there is none, or no file. */
export function endOfWholeLines(path: string): number {
  for (const { end } of linesFromEnd(path)) return end;
  return 0;
}

/** The last entry that can be read; what lies behind it is malformed and left alone. */
function lastTail(lane: string, segments: readonly number[]): Tail | null {
  for (const segment of segments.toReversed()) {
    for (const { line } of linesFromEnd(entriesFile(segmentFolder(lane, segment)))) {
      const tail = readTail(parseJson(line));
      if (tail) return tail;
    }
  }
  return null;
}

export const emptyTail: Tail = { sequence: -1, recordedAt: 0 };

/** Null: not an entry that this version can read. */
export function readTail(entry: unknown): Tail | null {
  if (!isRecord(entry)) return null;
  const { sequence, recordedAt } = entry;
  if (typeof sequence !== "number" || typeof recordedAt !== "number") return null;
  return Number.isSafeInteger(sequence) ? { sequence, recordedAt } : null;
}

/** The whole lines of a file, last one first, each with the place behind its newline. */
function* linesFromEnd(path: string): Generator<{ readonly line: string; readonly end: number }> {
  const fd = openExisting(path);
  if (fd === null) return;
  try {
    let end = newlineBefore(fd, fstatSync(fd).size) + 1;
    while (end > 0) {
      const start = newlineBefore(fd, end - 1) + 1;
      yield { line: read(fd, start, end - 1).toString("utf8"), end };
      end = start;
    }
  } finally {
    closeSync(fd);
  }
}

/** Where the last newline before `before` is; -1 where there is none. */
function newlineBefore(fd: number, before: number): number {
  let end = before;
  for (let windowBytes = 4096; end > 0; windowBytes *= 2) {
    const start = Math.max(0, end - windowBytes);
    const found = read(fd, start, end).lastIndexOf(10);
    if (found >= 0) return start + found;
    end = start;
  }
  return -1;
}

function read(fd: number, start: number, end: number): Buffer {
  const bytes = Buffer.alloc(end - start);
  readSync(fd, bytes, 0, bytes.length, start);
  return bytes;
}

function openExisting(path: string): number | null {
  try {
    return openSync(path, "r");
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
