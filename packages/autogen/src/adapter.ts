import type { Adapter, EventDraft, Translator } from "@spoor/core";
import { isRecord } from "@spoor/core";
import { type EnvelopeLine, envelopeLineOf } from "./envelopes/import/native.ts";
import { EnvelopeReader } from "./envelopes/import/translate.ts";
import { isLogType, type LogLine, logLineOf, prefixedLine } from "./events/native.ts";
import { type TextLine, textLineOf } from "./events/texts.ts";
import { createLogReader } from "./events/translate.ts";
import { type Elsewhere, nothingElsewhere } from "./messages/elsewhere.ts";
import { type Message, messageOf } from "./messages/native.ts";
import { parsed } from "./messages/narrow.ts";
import { createMessageReader } from "./messages/translate.ts";
import { otherWitnesses } from "./spans/elsewhere.ts";
import { type SpansLine, spansLineOf } from "./spans/native.ts";
import { createSpanReader, type SpanReader } from "./spans/translate.ts";

/** A line of what AutoGen wrote: of its event log, of the messages of a run, or of its spans; or an envelope between any actors. */
export type AutogenLine = LogLine | TextLine | Message | SpansLine | EnvelopeLine;

/** AutoGen for Python, by the log `autogen_core.events` and by what its agents and teams yield; both may stand in one recording. */
export const autogen: Adapter<AutogenLine> = {
  name: "autogen",
  framework: { package: "autogen-agentchat", supported: ">=0.4 <0.8" },
  createTranslator: () => translatorAmong(nothingElsewhere),
  parse: autogenLine,
  knows: (line) => line.kind !== "event" || isLogType(line.type),
};

/** Of all files of spans that belong together: a trace may stand in several. */
export const spanReaderAmong = (elsewhere: Elsewhere): SpanReader =>
  createSpanReader(otherWitnesses(elsewhere));

/** One recording, where others tell of the same runs. */
export function translatorAmong(
  elsewhere: Elsewhere,
  spans: SpanReader = spanReaderAmong(elsewhere),
): Translator<AutogenLine> {
  const [log, messages] = [createLogReader(elsewhere), createMessageReader(elsewhere)];
  const envelopes = new EnvelopeReader();
  return { translate: (line) => [...draftsFor(line)] };

  function draftsFor(line: AutogenLine): Iterable<EventDraft> {
    switch (line.kind) {
      case "event":
        return log.read(line);
      case "text":
        return log.readText(line);
      case "spans":
        return spans.read(line);
      case "envelope":
        return envelopes.read(line);
      default:
        return messages.read(line);
    }
  }
}

/** Null: neither. A line is told by what it holds; text that does not name the logger is what stands between the events of a log. */
export function autogenLine(line: string): AutogenLine | null {
  const value = parsed(line);
  if (isRecord(value))
    return spansLineOf(value) ?? envelopeLineOf(value) ?? logLineOf(value) ?? messageOf(value);
  return prefixedLine(line) ?? textLineOf(line);
}
