import type { Translator } from "../../recorder/translator.ts";
import type { EventDraft } from "../../vocabulary/event.ts";
import { markFactsIn } from "../facts/mark-facts.ts";
import { isRest } from "../facts/rest-facts.ts";
import { spanFactsIn } from "../facts/span-facts.ts";
import { translateObservation } from "./foreign/observation.ts";
import { endTrace, startTrace } from "./foreign/trace.ts";
import { type LangfuseRecord, metadataOf } from "./native.ts";
import { translateMark } from "./own/mark.ts";
import { translateSpan } from "./own/span.ts";
import { type Reading, startReading } from "./reading.ts";
import type { Row } from "./row.ts";
import { translateScore } from "./score.ts";

/** A translator for the records of one document. Any field of a row may be anything; what cannot be read says nothing. */
export function createTranslator(): Translator<LangfuseRecord> {
  const reading = startReading();
  return {
    // Gathered at once: what is known must not depend on how far somebody reads.
    translate: (record) => [...translateRecord(reading, record)],
  };
}

function translateRecord(reading: Reading, { of, row }: LangfuseRecord): Iterable<EventDraft> {
  switch (of) {
    case "trace":
      return startTrace(reading, row);
    case "observation":
      return translateRow(reading, row);
    case "end":
      return endTrace(reading, row);
    case "score":
      return translateScore(reading, row);
    default:
      return of satisfies never;
  }
}

/** What Spoor has sent says so in its metadata, and is taken at its word; what was only worked out is worked out again. */
function translateRow(reading: Reading, row: Row): Iterable<EventDraft> {
  const metadata = metadataOf(row);
  const span = spanFactsIn(metadata);
  if (span) return translateSpan(reading, row, span);
  const mark = markFactsIn(metadata);
  if (mark) return translateMark(reading, row, mark);
  return isRest(metadata) ? [] : translateObservation(reading, row);
}
