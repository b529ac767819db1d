import type { Position } from "../journal/journal.ts";

/**
 * How far an exporter has got in a lane: a place to fold from, and what it has acknowledged beyond that. So a restart sends again only what
 * was not acknowledged.
 */
export interface Cursor {
  readonly foldFrom: Position;
  /** Ids of what was acknowledged and began at or after `foldFrom`. */
  readonly acknowledged: readonly string[];
}

/** Keeps cursors by exporter and lane. Never throws: a cursor that cannot be kept means that more is sent again. */
export interface CursorStore {
  load(exporter: string, lane: string): Cursor | null;
  save(exporter: string, lane: string, cursor: Cursor): void;
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
