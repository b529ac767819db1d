import { beginning, isEarlier, type Position } from "../journal/journal.ts";
import type { Cursor } from "./cursor.ts";

/** Where the lane tells that something began: each of its witnesses does. */
interface Beginning {
  readonly first: Position;
  last: Position;
}

/**
 * What an exporter has seen begin and what it has acknowledged. Things begin in the order of the lane, so the first that is outstanding is
 * where a restart has to fold from.
 */
export class Progress {
  readonly #outstanding: Map<string, Beginning> = new Map();
  /** And where the lane last told that it began: a restart from before that would take it for new. */
  readonly #acknowledged: Map<string, Position> = new Map();
  /** Outstanding, and nothing where it began tells its trace: that follows from what was told before, so a restart has to read that again. */
  readonly #leaning: Set<string> = new Set();
  readonly #start: Position | null;
  #foldFrom: Position;
  readonly #acknowledgedBefore: ReadonlySet<string>;
  #next: Position;

  constructor(cursor: Cursor | null) {
    this.#start = cursor?.foldFrom ?? null;
    this.#acknowledgedBefore = new Set(cursor?.acknowledged);
    this.#foldFrom = cursor?.foldFrom ?? beginning;
    this.#next = this.#foldFrom;
  }

  /** Where this exporter's reading begins; null: at the beginning. */
  get start(): Position | null {
    return this.#start;
  }

  /**
   * Something began at this place. True: it is outstanding from now on; false: it was, or was acknowledged. `leans`: on what the lane told
   * before.
   */
  began(
    id: string,
    position: Position,
    { leans = false }: { readonly leans?: boolean } = {},
  ): boolean {
    if (this.#isBefore(position)) return false;
    if (
      this.#outstanding.has(id) ||
      this.#acknowledged.has(id) ||
      this.#acknowledgedBefore.has(id)
    ) {
      this.beganAgain(id, position);
      return false;
    }
    this.#outstanding.set(id, { first: position, last: position });
    if (leans) this.#leaning.add(id);
    return true;
  }

  /** Another witness tells, at this place, of the beginning of what is on its way or there already. */
  beganAgain(id: string, position: Position): void {
    const known = this.#outstanding.get(id);
    if (known) known.last = position;
    else if (!this.#isBefore(position)) this.#acknowledged.set(id, position);
  }

  /** Everything before this place has been read. */
  passed(next: Position): void {
    this.#next = next;
  }

  isOutstanding(id: string): boolean {
    return this.#outstanding.has(id);
  }

  acknowledge(id: string): void {
    const beginning = this.#outstanding.get(id);
    if (!beginning) return;
    this.#outstanding.delete(id);
    this.#leaning.delete(id);
    this.#acknowledged.set(id, beginning.last);
  }

  cursor(): Cursor {
    const { value: earliest } = this.#outstanding.values().next();
    if (this.#leaning.size === 0) this.#foldFrom = earliest?.first ?? this.#next;
    const foldFrom = this.#foldFrom;
    for (const [id, position] of this.#acknowledged)
      if (isEarlier(position, foldFrom)) this.#acknowledged.delete(id);
    return { foldFrom, acknowledged: [...this.#acknowledged.keys()] };
  }

  #isBefore(position: Position): boolean {
    return this.#start !== null && isEarlier(position, this.#start);
  }
}
