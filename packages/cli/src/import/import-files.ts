import {
  type Adapter,
  createRecorder,
  type EventDraft,
  type Journal,
  type RecorderHealth,
  type Redactor,
} from "@spoor/core";
import type { Io } from "../io.ts";
import { recordedEvents } from "../recorded-events.ts";
import { KnownEvents } from "./known-events.ts";
import { linesOf } from "./lines.ts";

/** What an import did. `events`: new ones. `unknown`: lines of a kind nobody has taught the adapter; they are kept. */
export interface ImportReport {
  readonly sessions: readonly string[];
  readonly lines: number;
  readonly events: number;
  readonly unknown: number;
  readonly malformed: number;
}

export interface ImportOptions {
  readonly files: readonly string[];
  readonly journal: Journal;
  readonly redact: Redactor | "off";
  /** Nothing but this session. */
  readonly session?: string;
}

/**
 * Recorded lines into a journal, each file by a translator of its own. What the journal knows is not said again, so importing twice, or a
 * longer recording later, adds only what is new. Reads line by line, whatever the size of the files.
 */
export function importFiles<Native>(
  adapter: Adapter<Native>,
  { files, journal, redact, session }: ImportOptions,
  io: Io,
): ImportReport & { readonly recorder: RecorderHealth } {
  const known = knownEvents(journal, io);
  const recorder = createRecorder({
    journal,
    clock: io.now,
    recording: true,
    ...(redact === "off" ? {} : { redact }),
    known: (_session, id) => known.find(id),
    recorded: (event) => known.add(event),
  });
  const sessions = new Set<string>();
  const counts = { lines: 0, unknown: 0, malformed: 0 };
  const record = (draft: EventDraft): void => {
    if (session !== undefined && draft.session !== session) return;
    sessions.add(draft.session);
    recorder.emit(draft);
  };
  for (const file of files) {
    const translator = adapter.createTranslator();
    for (const line of linesOf(file)) {
      if (line.trim() === "") continue;
      counts.lines += 1;
      const native = adapter.parse(line);
      if (native === null) {
        counts.malformed += 1;
        continue;
      }
      if (!adapter.knows(native)) counts.unknown += 1;
      for (const draft of translator.translate(native)) record(draft);
    }
  }
  const health = recorder.health();
  const { lines, unknown, malformed } = counts;
  const events = health.recorded;
  return { sessions: [...sessions], lines, events, unknown, malformed, recorder: health };
}

/** An event's id holds its session, so the id alone finds it. */
function knownEvents(journal: Journal, io: Io): KnownEvents {
  const known = new KnownEvents();
  for (const event of recordedEvents(journal.reader(), io)) known.add(event);
  return known;
}
