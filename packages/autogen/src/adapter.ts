import type { Adapter, EventDraft, Translator } from "@spoor/core";
import { isRecord } from "@spoor/core";
import { isLogType, type LogLine, logLineOf, prefixedLine } from "./events/native.ts";
import { createLogReader } from "./events/translate.ts";
import { type Message, messageOf } from "./messages/native.ts";
import { parsed } from "./messages/narrow.ts";
import { createMessageReader } from "./messages/translate.ts";

/** A line of what AutoGen wrote: of its event log, or of the messages of a run. */
export type AutogenLine = LogLine | Message;

/** AutoGen for Python, by the log `autogen_core.events` and by what its agents and teams yield; both may stand in one recording. */
export const autogen: Adapter<AutogenLine> = {
  name: "autogen",
  framework: { package: "autogen-agentchat", supported: ">=0.4 <0.8" },
  createTranslator,
  parse: autogenLine,
  knows: (line) => line.kind !== "event" || isLogType(line.type),
};

function createTranslator(): Translator<AutogenLine> {
  const [log, messages] = [createLogReader(), createMessageReader()];
  return { translate: (line) => [...draftsFor(line)] };

  function draftsFor(line: AutogenLine): Iterable<EventDraft> {
    switch (line.kind) {
      case "event":
        return log.read(line);
      default:
        return messages.read(line);
    }
  }
}

/** Null: neither. A line is told by what it holds; text is only read where it names the logger. */
export function autogenLine(line: string): AutogenLine | null {
  const value = parsed(line);
  if (isRecord(value)) return logLineOf(value) ?? messageOf(value);
  return prefixedLine(line);
}
