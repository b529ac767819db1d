import type { ContentReader } from "../../journal/content.ts";
import { inWords } from "../../journal/in-words.ts";
import { ownNames } from "../../otlp/encode/conventions.ts";
import { jsonText, textOf } from "../../otlp/encode/json-text.ts";
import { spanEventOf } from "../../otlp/encode/span-events.ts";
import { decimal, type KeyValue, text } from "../../otlp/wire/key-value.ts";
import { severities } from "../../otlp/wire/logs.ts";
import type { EventOf, MarkEvent } from "../../vocabulary/event.ts";
import { labelAttributes } from "./label-attributes.ts";
import { severityOf } from "./severity.ts";
import type { Telling } from "./telling.ts";

/** Null: it is no news of its own. Attributes have the names that they have on the event of a span. */
export function tellingOfMark(mark: MarkEvent, content: ContentReader | null): Telling | null {
  const { info, warn, debug } = severities;
  const told = (eventName: string, severity: number, body: string): Telling => ({
    eventName,
    severity,
    body,
    attributes: attributesOf(mark, content),
  });
  switch (mark.type) {
    case "session.started":
      return {
        ...told("spoor.session.started", info, `session${ofFramework(mark)} started`),
        attributes: [...text("spoor.framework", mark.framework), ...labelAttributes(mark)],
      };
    case "interrupt.raised":
      return told("spoor.turn.waiting_for_input", info, `waiting for input${named(mark.wait)}`);
    case "interrupt.resolved":
      return told("spoor.turn.input_received", info, `input received${named(mark.wait)}`);
    case "decision.made":
      return told("spoor.decision.made", info, `decided: ${mark.kind}`);
    case "handoff.made":
      return told("spoor.handoff.made", info, `handed over to ${mark.to}`);
    case "attempt.failed":
      return told("spoor.attempt.failed", warn, `attempt failed: ${mark.errorType}`);
    case "message.unhandled":
      return told("spoor.message.unhandled", warn, `message ${mark.fate}`);
    case "limit.reached":
      return told("spoor.limit.reached", warn, `limit reached: ${mark.limit} at ${mark.value}`);
    case "finding.raised":
      return told("spoor.finding.raised", findingSeverity(mark), `found: ${mark.code}`);
    case "score.given":
      return evaluation(mark, content);
    case "log.written":
      return logLine(mark, content);
    case "checkpoint.saved":
      return told("spoor.checkpoint.saved", debug, "checkpoint saved");
    case "checkpoint.written":
      return told("spoor.checkpoint.written", debug, "checkpoint written to");
    case "checkpoint.refused":
      return told("spoor.checkpoint.refused", warn, `checkpoint refused: ${mark.errorType}`);
    case "checkpoint.restored":
      return told("spoor.checkpoint.restored", debug, "checkpoint restored");
    case "checkpoint.removed":
      return told("spoor.checkpoint.removed", info, "checkpoints removed");
    case "record.reduced":
      return told("spoor.record.reduced", info, `${mark.what} removed: ${mark.why}`);
    case "usage.reported":
    case "output.began":
    case "span.amended":
    case "message.sent":
    case "message.received":
      return null;
    case "native.noted":
      return mark.warns === true ? told("spoor.native.warned", warn, `noted: ${mark.name}`) : null;
    default:
      return mark satisfies never;
  }
}

/** Who records by hand has none. */
const ofFramework = ({ framework }: EventOf<"session.started">): string =>
  framework === "none" ? "" : ` of ${framework}`;

const named = (name: string | undefined): string => (name === undefined ? "" : `: ${name}`);

function attributesOf(mark: MarkEvent, content: ContentReader | null): readonly KeyValue[] {
  return spanEventOf(mark, content, null).flatMap(({ attributes }) => attributes);
}

function findingSeverity({ severity }: EventOf<"finding.raised">): number {
  return severityOf(severity) ?? severities.warn;
}

/** The conventions have an event for it. */
function evaluation(mark: EventOf<"score.given">, content: ContentReader | null): Telling {
  const { name, value, why } = mark;
  return {
    eventName: "gen_ai.evaluation.result",
    severity: severities.info,
    body: `scored ${name}: ${value}`,
    attributes: [
      ...text("gen_ai.evaluation.name", name),
      ...(typeof value === "number"
        ? decimal("gen_ai.evaluation.score.value", value)
        : text("gen_ai.evaluation.score.label", String(value))),
      ...(content && why !== undefined
        ? text("gen_ai.evaluation.explanation", textOf(inWords(content.read(why))))
        : []),
    ],
  };
}

/** What the application wrote, as it wrote it: no event of ours. */
function logLine(mark: EventOf<"log.written">, content: ContentReader | null): Telling {
  const { level, native } = mark;
  return {
    severity: severityOf(level),
    level,
    body: content ? textOf(inWords(content.read(mark.content))) : null,
    attributes:
      content && native !== undefined
        ? text(ownNames.native, jsonText(inWords(content.read(native))))
        : [],
  };
}
