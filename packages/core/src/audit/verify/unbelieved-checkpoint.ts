import { type Checkpoint, parseCheckpoint } from "../notes/checkpoint.ts";
import { parseNote } from "../notes/signed-note.ts";
import { refusalOf } from "./trust.ts";

/** What a note says, whoever has signed it. Null: it is no checkpoint. */
export function unbelievedCheckpoint(note: Uint8Array): Checkpoint | null {
  try {
    return parseCheckpoint(parseNote(note).text);
  } catch (error) {
    refusalOf(error);
    return null;
  }
}
