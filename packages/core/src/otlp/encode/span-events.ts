import type { ContentReader } from "../../journal/content.ts";
import { contentFieldsOf } from "../../vocabulary/content-fields.ts";
import type { AgentEvent, Held } from "../../vocabulary/event.ts";
import { inWords } from "../../journal/in-words.ts";
import { names, ownNames } from "./conventions.ts";
import { jsonText } from "./json-text.ts";
import { decimal, flag, type KeyValue, text, texts } from "../wire/key-value.ts";
import { nanosecondsOf } from "../wire/nanoseconds.ts";
import type { OtlpEvent } from "../wire/otlp.ts";

/**
 * A mark as a span event, or none where it only tells what the span's own attributes say. `content` is null where nothing of it may go out. A mark
 * without a time stands at `otherwise`, and says so.
 */
export function spanEventOf(
  mark: AgentEvent,
  content: ContentReader | null,
  otherwise: string | null,
): readonly OtlpEvent[] {
  const facts = factsOf(mark);
  if (facts === null) return [];
  const known = mark.at === undefined ? null : nanosecondsOf(mark.at.ms);
  const time = known ?? otherwise;
  return [
    {
      name: mark.type,
      ...(time === null ? {} : { timeUnixNano: time }),
      attributes: [
        ...facts,
        ...(known === null ? texts(ownNames.unknown, ["at"]) : []),
        ...(known !== null && mark.at?.inferred ? texts(ownNames.inferred, ["at"]) : []),
        ...(content ? contentOf(mark, content) : []),
      ],
    },
  ];
}

/** The vocabulary's own fields, one by one, so that a new field is not sent before somebody has looked at it. Null: no event of its own. */
function factsOf(mark: AgentEvent): readonly KeyValue[] | null {
  switch (mark.type) {
    case "message.sent":
    case "message.received":
      return [...text("spoor.message.role", mark.role), ...addressOf(mark)];
    case "message.unhandled":
      return [
        ...addressOf(mark),
        ...text("spoor.message.id", mark.message),
        ...text("spoor.message.fate", mark.fate),
        ...decimal("spoor.message.attempt", mark.attempt ?? null),
      ];
    case "handoff.made":
      return text("spoor.handoff.to", mark.to);
    case "interrupt.raised":
    case "interrupt.resolved":
      return text("spoor.interrupt.wait", mark.wait ?? null);
    case "attempt.failed":
      return [
        ...text(names.errorType, mark.errorType),
        ...decimal("spoor.attempt.retry_delay_ms", mark.retryDelayMs ?? null),
      ];
    case "decision.made":
      return text("spoor.decision.kind", mark.kind);
    case "checkpoint.saved":
      return [
        ...checkpointOf(mark),
        ...text("spoor.checkpoint.hash", mark.hash ?? null),
        ...text("spoor.checkpoint.after", mark.after ?? null),
        ...decimal("spoor.checkpoint.step", mark.step ?? null),
        ...text("spoor.checkpoint.origin", mark.origin ?? null),
        ...text("spoor.checkpoint.label", mark.label ?? null),
      ];
    case "checkpoint.written":
      return [...checkpointOf(mark), ...text("spoor.checkpoint.task", mark.task)];
    case "checkpoint.refused":
      return [
        ...checkpointOf(mark),
        ...text("spoor.checkpoint.task", mark.task ?? null),
        ...text(names.errorType, mark.errorType),
      ];
    case "checkpoint.restored":
      return checkpointOf(mark);
    case "checkpoint.removed":
      return [...checkpointOf(mark), ...text("spoor.checkpoint.kept", mark.kept ?? null)];
    case "score.given":
      return [...text("spoor.score.name", mark.name), ...scoreOf(mark.value)];
    case "limit.reached":
      return [...text("spoor.limit.name", mark.limit), ...decimal("spoor.limit.value", mark.value)];
    case "finding.raised":
      return [
        ...text("spoor.finding.code", mark.code),
        ...text("spoor.finding.severity", mark.severity),
        ...texts("spoor.finding.evidence", mark.evidence),
      ];
    case "log.written":
      return text("spoor.log.level", mark.level);
    case "native.noted":
      return [
        ...text("spoor.native.name", mark.name),
        ...(mark.warns ? flag("spoor.native.warns", true) : []),
      ];
    case "record.reduced":
      return [
        ...text("spoor.reduced.what", mark.what),
        ...text("spoor.reduced.why", mark.why),
        ...text("spoor.reduced.reason", mark.reason ?? null),
      ];
    case "session.started":
    case "turn.started":
    case "work.started":
    case "model.started":
    case "tool.started":
    case "turn.ended":
    case "work.ended":
    case "model.ended":
    case "tool.ended":
    case "usage.reported":
    case "span.amended":
    case "output.began":
      return null;
    default:
      return mark satisfies never;
  }
}

function addressOf(mark: { readonly from?: string; readonly to?: string }): readonly KeyValue[] {
  return [
    ...text("spoor.message.from", mark.from ?? null),
    ...text("spoor.message.to", mark.to ?? null),
  ];
}

function checkpointOf(mark: {
  readonly checkpoint?: string;
  readonly namespace?: string;
}): readonly KeyValue[] {
  return [
    ...text("spoor.checkpoint", mark.checkpoint ?? null),
    ...text("spoor.checkpoint.namespace", mark.namespace ?? null),
  ];
}

function scoreOf(value: number | string | boolean): readonly KeyValue[] {
  if (typeof value === "boolean") return flag("spoor.score.flag", value);
  return typeof value === "number"
    ? decimal("spoor.score.value", value)
    : text("spoor.score.label", value);
}

function contentOf(mark: AgentEvent, content: ContentReader): readonly KeyValue[] {
  const fields = mark as AgentEvent & Readonly<Record<string, Held | undefined>>;
  return contentFieldsOf(mark.type).flatMap((field) => {
    const held = fields[field];
    return held === undefined ? [] : text(`spoor.${field}`, jsonText(inWords(content.read(held))));
  });
}
