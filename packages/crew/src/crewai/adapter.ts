import type { Adapter, EventDraft, Translator } from "@spoor/core";
import { type Elsewhere, nothingElsewhere } from "./elsewhere.ts";
import { boundOf } from "./families.ts";
import type { CrewaiLine } from "./native.ts";
import { crewaiLine } from "./reading/read-line.ts";
import { createSpanReader } from "./spans/translate.ts";
import { createEventReader } from "./translate.ts";
import { isKnownWord } from "./words.ts";

/**
 * CrewAI for Python: the events of its bus, as Spoor's listener, `model_dump` and `to_json` write them, as frames of a flow, as batches of its own tracing and as
 * checkpoints; and spans that OpenTelemetry exported. All of them may stand in one recording.
 */
export const crewai: Adapter<CrewaiLine> = {
  name: "crewai",
  framework: { package: "crewai", supported: ">=0.140 <2" },
  createTranslator: () => translatorAmong(nothingElsewhere),
  parse: crewaiLine,
  knows,
};

/** One recording, where others tell of the same runs. */
export function translatorAmong(elsewhere: Elsewhere): Translator<CrewaiLine> {
  const [events, spans] = [createEventReader(elsewhere), createSpanReader(elsewhere)];
  return { translate: (line) => [...draftsFor(line)] };

  function* draftsFor(line: CrewaiLine): Iterable<EventDraft> {
    switch (line.kind) {
      case "events":
        for (const event of line.events) yield* events.read(event);
        return;
      case "crew":
        if (line.kickoff !== undefined) events.crew(line.kickoff, line.crew);
        return;
      case "lost":
        yield* events.lost(line);
        return;
      case "spans":
        for (const span of line.spans) yield* spans.read(span);
        return;
      default:
        return;
    }
  }
}

function knows(line: CrewaiLine): boolean {
  switch (line.kind) {
    case "events":
      return line.events.every(({ type }) => boundOf(type) !== null || isKnownWord(type));
    case "aside":
      return line.known;
    default:
      return true;
  }
}
