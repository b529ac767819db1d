import { resolve } from "node:path";
import type { ContentRef } from "../../vocabulary/event.ts";
import type { StoredContent } from "../content.ts";
import { beginning, type JournalEntry, type JournalReader, type Position } from "../journal.ts";
import { ContentIndex } from "./content-index.ts";
import { type FileSystem, nodeFileSystem } from "./file-system.ts";
import { isMissing } from "./journal-error.ts";
import { entriesFile, laneFolder, laneNumbers, segmentFolder, segmentNumbers } from "./layout.ts";
import { wholeLines, type WholeLine } from "./whole-lines.ts";

/**
 * Reads the lanes of one folder, or of several. The lanes of one folder are named by their numbers; those of several by the place of the
 * folder in the list and the number, `1/0`, so the order of the list is part of every cursor. A folder that is missing is an empty
 * journal. Lines come as they were written: one that is no JSON is the caller's to skip and count. What cannot be read throws what the
 * file system says.
 */
export function journalReader(
  dirs: string | readonly string[],
  files: FileSystem = nodeFileSystem,
): JournalReader {
  return new DiskReader(dirs, files);
}

interface Lane {
  readonly name: string;
  readonly folder: string;
}

interface SegmentFolder {
  readonly number: number;
  readonly folder: string;
  /** 0: the last segment of its lane, which may still grow. */
  readonly age: number;
}

class DiskReader implements JournalReader {
  readonly #dirs: readonly { readonly dir: string; readonly prefix: string }[];
  readonly #files: FileSystem;
  /** By folder of the segment. */
  readonly #indexes: Map<string, ContentIndex> = new Map();
  /** Where the entry lies that was given last: a segment holds what its entries refer to. */
  #reading: SegmentFolder | null = null;

  constructor(dirs: string | readonly string[], files: FileSystem) {
    this.#files = files;
    this.#dirs =
      typeof dirs === "string"
        ? [{ dir: resolve(dirs), prefix: "" }]
        : dirs.map((dir, place) => ({ dir: resolve(dir), prefix: `${place}/` }));
  }

  lanes(): readonly string[] {
    return this.#lanes().map(({ name }) => name);
  }

  *entries(from?: ReadonlyMap<string, Position>): Iterable<JournalEntry> {
    for (const lane of this.#lanes()) yield* this.#entriesOf(lane, from?.get(lane.name));
  }

  *entriesOf(name: string, from?: Position): Iterable<JournalEntry> {
    const lane = this.#lanes().find((candidate) => candidate.name === name);
    if (lane) yield* this.#entriesOf(lane, from);
  }

  *#entriesOf({ name, folder }: Lane, from: Position = beginning): Iterable<JournalEntry> {
    for (const segment of segmentsOf(folder)) {
      if (segment.number < from.segment) continue;
      const first = segment.number === from.segment ? from.offset : 0;
      for (const { offset, line } of entriesIn(segment.folder, first)) {
        this.#reading = segment;
        yield { lane: name, position: { segment: segment.number, offset }, line };
      }
    }
  }

  find(ref: ContentRef): StoredContent | null {
    return this.#ask((index) => index.find(ref));
  }

  sizeOf(ref: ContentRef): number | null {
    return this.#ask((index) => index.sizeOf(ref));
  }

  /** Where it is likely first; anywhere else only then. */
  #ask<Found>(find: (index: ContentIndex) => Found | null): Found | null {
    return this.#askWhereReading(find) ?? this.#askWhereKnown(find) ?? this.#askAnywhere(find);
  }

  #askWhereReading<Found>(find: (index: ContentIndex) => Found | null): Found | null {
    if (!this.#reading) return null;
    const index = this.#indexes.get(this.#reading.folder);
    return (index ? find(index) : null) ?? find(this.#refreshed(this.#reading));
  }

  #askWhereKnown<Found>(find: (index: ContentIndex) => Found | null): Found | null {
    for (const index of this.#indexes.values()) {
      const found = find(index);
      if (found !== null) return found;
    }
    return null;
  }

  /**
   * The newest segments first: what is asked for was usually stored last. All lanes in step, so that a long lane is not read to its
   * beginning before a short one is looked at.
   */
  #askAnywhere<Found>(find: (index: ContentIndex) => Found | null): Found | null {
    const newestFirst = this.#lanes()
      .flatMap(({ folder }) => segmentsOf(folder))
      .toSorted((left, right) => left.age - right.age);
    this.#forgetAllBut(new Set(newestFirst.map(({ folder }) => folder)));
    for (const segment of newestFirst) {
      const found = find(this.#refreshed(segment));
      if (found !== null) return found;
    }
    return null;
  }

  #lanes(): readonly Lane[] {
    return this.#dirs.flatMap(({ dir, prefix }) =>
      laneNumbers(dir).map((lane) => ({ name: `${prefix}${lane}`, folder: laneFolder(dir, lane) })),
    );
  }

  #refreshed({ folder, age }: SegmentFolder): ContentIndex {
    let index = this.#indexes.get(folder);
    if (!index) this.#indexes.set(folder, (index = new ContentIndex(folder, this.#files)));
    index.refresh(age > 0);
    return index;
  }

  #forgetAllBut(folders: ReadonlySet<string>): void {
    for (const folder of this.#indexes.keys()) {
      if (!folders.has(folder)) this.#indexes.delete(folder);
    }
  }
}

function segmentsOf(lane: string): readonly SegmentFolder[] {
  const numbers = segmentNumbers(lane);
  return numbers.map((number, place) => ({
    number,
    folder: segmentFolder(lane, number),
    age: numbers.length - 1 - place,
  }));
}

/** None where nothing was written yet, or where the bound has removed it since. */
function* entriesIn(segment: string, from: number): Iterable<WholeLine> {
  try {
    yield* wholeLines(entriesFile(segment), from);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}
