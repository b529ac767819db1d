import { Buffer } from "node:buffer";
import { closeSync, openSync, readSync } from "node:fs";
import { isMissing } from "../../journal/disk/journal-error.ts";
import { entriesFile, laneFolder, segmentFolder } from "../../journal/disk/layout.ts";
import { parseEventLine } from "../../schema/parse.ts";
import type { AgentEvent } from "../../vocabulary/event.ts";

/** Where an entry lies. */
export interface EntryPlace {
  readonly lane: number;
  readonly segment: number;
  readonly offset: number;
}

export const journalOrder = (left: EntryPlace, right: EntryPlace): number =>
  left.lane - right.lane || left.segment - right.segment || left.offset - right.offset;

const windowBytes = 16 * 1024;
const mostOpenFiles = 32;
const nothing = Buffer.alloc(0);

interface OpenFile {
  readonly fd: number;
  window: Buffer;
  /** Where the window lies in the file. */
  start: number;
}

/** Reads single entries by where they lie; those that lie side by side cost little more than one. Close it when it is done with. */
export class EntryLines {
  readonly #dir: string;
  /** Least recently opened first. */
  readonly #files: Map<string, OpenFile> = new Map();

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Null: it is gone, or cannot be read as an event. */
  eventAt(place: EntryPlace): AgentEvent | null {
    const line = this.lineAt(place);
    const parsed = line === null ? null : parseEventLine(line);
    return parsed?.ok ? parsed.event : null;
  }

  /** Null: there is no whole line. Throws what the disk says. */
  lineAt({ lane, segment, offset }: EntryPlace): string | null {
    const file = this.#open(entriesFile(segmentFolder(laneFolder(this.#dir, lane), segment)));
    if (!file) return null;
    let line = lineIn(file, offset);
    for (let bytes = windowBytes; line === null; bytes *= 2) {
      const window = Buffer.allocUnsafe(bytes);
      const got = readSync(file.fd, window, 0, bytes, offset);
      file.window = window.subarray(0, got);
      file.start = offset;
      line = lineIn(file, offset);
      if (got < bytes) return line;
    }
    return line;
  }

  close(): void {
    for (const { fd } of this.#files.values()) closeSync(fd);
    this.#files.clear();
  }

  #open(path: string): OpenFile | null {
    const known = this.#files.get(path);
    if (known) return known;
    try {
      const file = { fd: openSync(path, "r"), window: nothing, start: 0 };
      this.#files.set(path, file);
      this.#closeOldest();
      return file;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  #closeOldest(): void {
    if (this.#files.size <= mostOpenFiles) return;
    for (const [path, { fd }] of this.#files) {
      closeSync(fd);
      this.#files.delete(path);
      return;
    }
  }
}

function lineIn({ window, start }: OpenFile, offset: number): string | null {
  const from = offset - start;
  const end = from >= 0 && from < window.length ? window.indexOf(10, from) : -1;
  return end < 0 ? null : window.toString("utf8", from, end);
}
