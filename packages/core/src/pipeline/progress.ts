import type { Position } from "../journal/journal.ts";
import type { Cursor } from "./cursor.ts";

/** An entry's place in its lane. */
export interface EntryPlace {
  readonly position: Position;
  readonly sequence: number;
}

/**
 * What an exporter has seen begin and does not have yet. Things begin in the order of the lane, so the first that is outstanding is where a
 * restart has to fold from.
 */
export class Progress {
  readonly #start: Cursor;
  /** And where each began, in that order. */
  readonly #outstanding: Map<string, Position> = new Map();
  /** Outstanding, and nothing where it began tells its trace: that follows from what was told before, so a restart has to read that again. */
  readonly #leaning: Set<string> = new Set();
  /** Outstanding where an earlier reading stopped, and not read again yet. */
  readonly #left: Set<string>;
  /** Read again, and acknowledged before: another witness of it, further on, does not begin it anew. */
  readonly #acknowledgedBefore: Set<string> = new Set();
  #foldFrom: Position;
  #readTo: Position;
  #sequence: number;
  #missed = 0;
  #frozen: Cursor | null = null;

  constructor(start: Cursor) {
    this.#start = start;
    this.#left = new Set(start.outstanding);
    this.#foldFrom = start.foldFrom;
    this.#readTo = start.foldFrom;
    this.#sequence = start.sequence;
  }

  /** Of the last entry that was read. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Entries that were gone before they could be read, or read again for what began there. */
  get missed(): number {
    return this.#missed;
  }

  get foldFrom(): Position {
    const { value: earliest } = this.#outstanding.values().next();
    if (this.#leaning.size === 0 && this.#left.size === 0)
      this.#foldFrom = earliest ?? this.#readTo;
    return this.#foldFrom;
  }

  /** Something began here: from now on it is outstanding, unless it is already or was acknowledged. `leans`: on what the lane told before. */
  began(id: string, place: EntryPlace, { leans = false }: { readonly leans?: boolean } = {}): void {
    if (this.#outstanding.has(id) || this.#acknowledgedBefore.has(id)) return;
    if (place.sequence <= this.#start.sequence && !this.#left.delete(id)) {
      this.#acknowledgedBefore.add(id);
      return;
    }
    this.#outstanding.set(id, place.position);
    if (leans) this.#leaning.add(id);
  }

  /** The entry here has been read. */
  passed({ position, sequence }: EntryPlace): void {
    if (sequence <= this.#sequence) return;
    this.#missed += sequence - this.#sequence - 1;
    this.#sequence = sequence;
    this.#readTo = position;
    // What an earlier reading left, and this one did not find on its way, is gone with its entries.
    this.#missed += this.#left.size;
    this.#left.clear();
  }

  isOutstanding(id: string): boolean {
    return this.#outstanding.has(id);
  }

  /** It is over: now, or since before. */
  acknowledge(id: string): void {
    this.#left.delete(id);
    this.#outstanding.delete(id);
    this.#leaning.delete(id);
    this.#acknowledgedBefore.delete(id);
  }

  /** From here on entries are skipped that could not be read, and nobody may believe that they were: the cursor stays where it is. */
  freeze(): void {
    this.#frozen ??= this.cursor();
  }

  cursor(): Cursor {
    if (this.#frozen) return this.#frozen;
    const outstanding = [...this.#left, ...this.#outstanding.keys()];
    return { sequence: this.#sequence, foldFrom: this.foldFrom, outstanding };
  }
}
