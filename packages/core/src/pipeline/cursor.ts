import { beginning, type Journal, type Position } from "../journal/journal.ts";

/**
 * How far an exporter has got in a lane: up to which entry it has read, and what of that it does not have yet. So a restart sends only what was
 * not acknowledged, and a cursor is never larger than what is open or waiting.
 */
export interface Cursor {
  /** Of the last entry that was read; -1: none. */
  readonly sequence: number;
  /** Where the first thing that is outstanding began, else where reading stopped: a place to fold from. */
  readonly foldFrom: Position;
  /** Ids of what began up to there and was not acknowledged. */
  readonly outstanding: readonly string[];
  /** For people: why the last attempt failed, where nothing has arrived since. */
  readonly failure?: string;
}

/** Keeps cursors by exporter and lane. */
export interface CursorStore {
  /** Null: there is none. Throws where there is one that cannot be read: more is sent again then. */
  load(exporter: string, lane: string): Cursor | null;
  /** Throws where it cannot be kept: the one that was kept before stands, and more is sent again. */
  save(exporter: string, lane: string, cursor: Cursor): void;
}

/** Of an exporter that wants what is recorded from now on. */
export function cursorAtEnd({ tail, end }: Journal): Cursor {
  return { sequence: tail.sequence, foldFrom: end, outstanding: [] };
}

/** Of an exporter that wants all there is. */
export const cursorAtBeginning: Cursor = { sequence: -1, foldFrom: beginning, outstanding: [] };

const nameOf = (exporter: string, lane: string): string => JSON.stringify([exporter, lane]);

export function memoryCursors(): CursorStore {
  const cursors = new Map<string, Cursor>();
  return {
    load: (exporter, lane) => cursors.get(nameOf(exporter, lane)) ?? null,
    save: (exporter, lane, cursor) => {
      cursors.set(nameOf(exporter, lane), cursor);
    },
  };
}
