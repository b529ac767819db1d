import type { EventDraft } from "@spoor/core";
import { companionOf } from "./companion.ts";
import type { FileCounts } from "./file-counts.ts";
import type { Framework, SessionOfCall } from "./framework.ts";
import type { RecordingFile } from "./recording-file.ts";
import { ownRecord, recordingKind } from "./recording-kind.ts";

/** A line that was read. */
export interface Step {
  readonly drafts: readonly EventDraft[];
  /** Of the line, or of the last one before it that told. Sorts by time. */
  readonly time: string;
  /** Of the line, with its newline. */
  readonly bytes: number;
}

export const writtenBySpoor =
  "it was written by Spoor itself: to move a record, copy the folder of its journal and name that with --dir";

/**
 * The lines of one file, in their order, each read when it is asked for, and what there was in it. A last line without a newline counts if it is
 * whole; else it is left for the next time. Throws what the file system says, and where the file is no recording.
 */
export function* readRecording(
  file: RecordingFile,
  framework: Framework,
  sessionOf: SessionOfCall,
): Generator<Step, FileCounts> {
  const kind = recordingKind(file, framework);
  if (kind === ownRecord) throw new Error(writtenBySpoor);
  const reader = framework.reader(file.path, {
    kind,
    companion: companionOf(file.path, framework),
    sessionOf,
  });
  const sessions = new Set<string>();
  let { preface: drafts } = reader;
  let [lines, unknown, malformed, torn, time, begin] = [0, 0, 0, false, "", 0];
  for (const { text, end, ended } of framework.lines(file)) {
    const reading = text === null ? null : reader.read(text);
    if (reading !== null) {
      lines += 1;
      if (!reading.known) unknown += 1;
      time = reading.time ?? time;
      drafts = drafts.length === 0 ? reading.drafts : [...drafts, ...reading.drafts];
    } else if (!ended) {
      torn = true;
    } else if (text === null || text.trim() !== "") {
      lines += 1;
      malformed += 1;
    }
    for (const { session } of drafts) sessions.add(session);
    yield { drafts, time, bytes: end - begin };
    drafts = [];
    begin = end;
  }
  return { lines, unknown, malformed, torn, sessions: [...sessions] };
}
