import type { Adapter } from "@spoor/core";
import {
  autogen,
  type AutogenLine,
  autogenLine,
  spanReaderAmong,
  translatorAmong,
} from "./adapter.ts";
import type { Elsewhere } from "./messages/elsewhere.ts";
import type { Message } from "./messages/native.ts";
import { fieldsOf, parsed } from "./messages/narrow.ts";
import { Told } from "./messages/told.ts";

/** What is read together, and what was recorded before. */
export interface Surroundings {
  /** Entries of the journal, as they are written. */
  readonly entries: Iterable<string>;
  /** The lines of each file. They are gone through once for each surface. */
  readonly files: Iterable<Iterable<string>>;
}

/**
 * The adapter for files that may tell of the same runs on several surfaces. It looks through all of them first, so that each is recorded with what only
 * another knows: of which team a run is, and which call made a message. Of what no id joins, one surface alone tells. Which of the files is then
 * read first does not matter.
 */
export function autogenAmong({ entries, files }: Surroundings): Adapter<AutogenLine> {
  const recorded = toldInJournal(entries);
  const nothing = new Told();
  const messages = toldBy(files, isMessage, { recorded, logs: nothing, messages: nothing });
  const logs = toldBy(files, isLogged, { recorded, logs: nothing, messages });
  const elsewhere = { recorded, logs, messages };
  toldBy(files, isOfSpans, elsewhere, logs);
  const spans = spanReaderAmong(elsewhere);
  return { ...autogen, createTranslator: () => translatorAmong(elsewhere, spans) };
}

type IsOf = (line: AutogenLine) => boolean;
const isLogged: IsOf = ({ kind }) => kind === "event";
const isOfSpans: IsOf = ({ kind }) => kind === "spans";
const messageKinds: ReadonlySet<string> = new Set<Message["kind"]>([
  "item",
  "result",
  "response",
  "thrown",
  "begun",
]);
const isMessage: IsOf = ({ kind }) => messageKinds.has(kind);

/** What files tell on one surface, where the others tell this. `told`: of another surface that tells of the same things. */
function toldBy(
  files: Surroundings["files"],
  isOf: IsOf,
  elsewhere: Elsewhere,
  told: Told = new Told(),
): Told {
  const spans = spanReaderAmong(elsewhere);
  for (const lines of files) {
    const translator = translatorAmong(elsewhere, spans);
    for (const text of lines) {
      const line = autogenLine(text);
      if (line === null || !isOf(line)) continue;
      for (const draft of translator.translate(line)) told.note({ ...draft });
    }
  }
  return told;
}

const telling =
  /"type":"(?:(?:turn|work|model|tool)\.started|span\.amended|usage\.reported|message\.received|decision\.made)"/;
const witness = /"source":"(?:stream|log|spans)"/;
/** Other frameworks' entries lie in the same journal. */
const named = /"(?:key|on|alias)":"(?:run|team|agent|message|call|tool|span|turn):/;

function toldInJournal(entries: Iterable<string>): Told {
  const told = new Told();
  for (const entry of entries)
    if (telling.test(entry) && witness.test(entry) && named.test(entry))
      told.note({ ...fieldsOf(parsed(entry)), input: undefined });
  return told;
}
