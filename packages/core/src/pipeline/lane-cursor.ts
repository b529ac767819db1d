import { asError } from "../journal/disk/journal-error.ts";
import { asText } from "../journal/in-words.ts";
import { isEarlier, type Journal } from "../journal/journal.ts";
import { redactor } from "../redaction/default-redactor.ts";
import type { Redactor } from "../redaction/redactor.ts";
import { type Cursor, cursorAtBeginning, cursorAtEnd, type CursorStore } from "./cursor.ts";

export interface LaneCursorOptions {
  readonly journal: Journal;
  readonly cursors: CursorStore;
  /** Where an exporter begins that has no cursor yet. */
  readonly newcomers: "from the beginning" | "from now on";
}

/** Where an exporter goes on in a lane, and where it notes how far it is. */
export interface LaneCursor {
  readonly cursor: Cursor;
  /** Why nobody can tell any more what it has: it gets all of the lane again. */
  readonly cursorFailure: Error | null;
  /** Throws where it cannot be kept. */
  save(cursor: Cursor): void;
}

const longestFailure = 300;

export function laneCursor(exporter: string, options: LaneCursorOptions): LaneCursor {
  const { cursors, journal } = options;
  const rules = redactor();
  return {
    ...found(exporter, options),
    save: (cursor) => cursors.save(exporter, journal.lane, withoutSecrets(cursor, rules)),
  };
}

function found(
  exporter: string,
  { cursors, journal, newcomers }: LaneCursorOptions,
): Pick<LaneCursor, "cursor" | "cursorFailure"> {
  const first = newcomers === "from now on" ? cursorAtEnd(journal) : cursorAtBeginning;
  try {
    const cursor = cursors.load(exporter, journal.lane) ?? first;
    return { cursor: withinLane(cursor, journal), cursorFailure: null };
  } catch (error) {
    return { cursor: cursorAtBeginning, cursorFailure: asError(error) };
  }
}

/** A lane may have lost its end, with the machine or by hand, after its cursor was saved: what comes now is new. */
function withinLane(cursor: Cursor, journal: Journal): Cursor {
  const { sequence, foldFrom } = cursorAtEnd(journal);
  return {
    ...cursor,
    sequence: Math.min(cursor.sequence, sequence),
    foldFrom: isEarlier(foldFrom, cursor.foldFrom) ? foldFrom : cursor.foldFrom,
  };
}

/** What a destination has answered may repeat what it was sent, and the key that it was sent with. */
function withoutSecrets({ failure, ...cursor }: Cursor, rules: Redactor): Cursor {
  if (failure === undefined) return cursor;
  const said = rules.redact(failure.slice(0, longestFailure), "work.detail");
  return { ...cursor, failure: asText(said) };
}
