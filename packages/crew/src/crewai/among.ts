import type { Adapter } from "@spoor/core";
import { crewai, translatorAmong } from "./adapter.ts";
import type { CrewaiLine, CrewEvent } from "./native.ts";
import { fieldsOf, parsed } from "../reading/narrow.ts";
import { taskIn } from "./people.ts";
import { crewaiLine } from "./reading/read-line.ts";
import { Told } from "./told.ts";

/** What is read together, and what was recorded before. */
export interface Surroundings {
  /** Entries of the journal, as they are written. */
  readonly entries: Iterable<string>;
  /** The lines of each file. It is gone through more than once. */
  readonly files: Iterable<Iterable<string>>;
}

/**
 * The adapter for files that may tell of the same runs in several ways. It looks through all of them first. What has the ids of CrewAI's events is one
 * run under one name, whoever tells it: the journal's, else the execution's, else that of the first recording. Of what no id joins, spans of
 * others, only the first that tells of a run is recorded, and its tokens are counted once.
 */
export function crewaiAmong({ entries, files }: Surroundings): Adapter<CrewaiLine> {
  const told = new Told();
  for (const entry of entries) if (telling.test(entry)) told.note(fieldsOf(parsed(entry)));
  gather(told, files, isNamed);
  gather(told, files, (line) => line.kind === "events" && !isNamed(line));
  for (const lines of files)
    for (const text of lines) {
      const line = crewaiLine(text);
      if (line?.kind !== "spans") continue;
      for (const span of line.spans) if (span.scope.name !== "crewai") told.noteSpan(span);
    }
  return { ...crewai, createTranslator: () => translatorAmong(told) };
}

const telling = /"type":"(?:(?:work|model|tool)\.started|model\.ended)"/;

/** Lines that say which execution they are of. */
const isNamed = (line: CrewaiLine): boolean =>
  line.kind === "spans"
    ? line.spans.every(({ scope }) => scope.name === "crewai")
    : line.kind === "events" && line.events.some(({ about }) => about.process !== undefined);

function gather(
  told: Told,
  files: Surroundings["files"],
  isOf: (line: CrewaiLine) => boolean,
): void {
  for (const lines of files) {
    const translator = translatorAmong(told);
    for (const text of lines) {
      const line = crewaiLine(text);
      if (line === null || !isOf(line)) continue;
      const drafts = [...translator.translate(line)];
      for (const draft of drafts) told.note({ ...draft });
      if (line.kind === "events") noteEvents(told, line.events, drafts.at(-1)?.session);
    }
  }
}

function noteEvents(told: Told, events: readonly CrewEvent[], session: string | undefined): void {
  const [only] = events;
  if (events.length === 1 && only?.id !== undefined && session !== undefined)
    told.noteEvent(only.id, session);
  for (const { fields } of events) {
    const { id } = taskIn(fields);
    if (id !== undefined) told.noteTask(id);
  }
}
