import type { Journal, Position } from "../journal/journal.ts";

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
}

/** Keeps cursors by exporter and lane. Never throws: a cursor that cannot be kept means that more is sent again. */
export interface CursorStore {
  load(exporter: string, lane: string): Cursor | null;
  save(exporter: string, lane: string, cursor: Cursor): void;
}

/** Of an exporter that wants what is recorded from now on. */
export function cursorAtEnd({ tail, end }: Journal): Cursor {
  return { sequence: tail.sequence, foldFrom: end, outstanding: [] };
}

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
