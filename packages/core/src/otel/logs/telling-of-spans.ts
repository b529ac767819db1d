import { inWords } from "../../journal/in-words.ts";
import type { ContentReader } from "../../journal/content.ts";
import { names, ownNames } from "../../otlp/encode/conventions.ts";
import { jsonText, textOf } from "../../otlp/encode/json-text.ts";
import { flag, integer, type KeyValue, text, texts } from "../../otlp/wire/key-value.ts";
import { severities } from "../../otlp/wire/logs.ts";
import type { ClosingEvent, EventOf, OpeningEvent } from "../../vocabulary/event.ts";
import { labelAttributes } from "./label-attributes.ts";
import type { Telling } from "./telling.ts";

/** A turn that begins is news; what begins inside it is detail. */
export function tellingOfOpening(event: OpeningEvent): Telling {
  return event.type === "turn.started" ? turnBegins(event) : workBegins(event);
}

function turnBegins(event: EventOf<"turn.started">): Telling {
  const word = event.resumes === undefined ? "started" : "resumed";
  return {
    eventName: `spoor.turn.${word}`,
    severity: severities.info,
    body: `turn ${event.name} ${word}`,
    attributes: [
      ...beginningAttributes(event),
      ...text(ownNames.trigger, event.trigger ?? null),
      ...labelAttributes(event),
    ],
  };
}

function workBegins(event: Exclude<OpeningEvent, EventOf<"turn.started">>): Telling {
  return {
    eventName: `spoor.${event.type}`,
    severity: severities.debug,
    body: `${wordFor(event)} ${event.name} started`,
    attributes: [
      ...beginningAttributes(event),
      ...(event.type === "model.started"
        ? text(names.requestModel, event.requestModel ?? null)
        : []),
      ...(event.type === "tool.started" ? text(names.toolCallId, event.toolCallId ?? null) : []),
    ],
  };
}

function beginningAttributes(event: OpeningEvent): readonly KeyValue[] {
  return [...kindOf(event), ...integer(ownNames.attempt, event.attempt ?? null)];
}

/** `name`: what the span is called; null: nobody saw it begin. An error is told where it happened, and once. */
export function tellingOfClosing(
  event: ClosingEvent,
  name: string | null,
  content: ContentReader | null,
): Telling {
  const { outcome } = event;
  const subject = subjectOf(event, name);
  const attributes = [
    ...kindOf(event),
    ...text(ownNames.status, outcome.status),
    ...errorAttributes(event, content),
    ...(event.type === "model.ended" ? answerAttributes(event) : []),
  ];
  const isError = outcome.status === "error";
  const errorType = isError ? outcome.errorType : "";
  if (event.type === "turn.ended")
    return {
      eventName: "spoor.turn.ended",
      severity: isError ? severities.error : severities.info,
      body: `${subject} ended: ${isError ? errorType : outcome.status}`,
      attributes,
    };
  const isNews = isError && !outcome.passedOn;
  return {
    eventName: isNews ? "spoor.error" : `spoor.${event.type}`,
    severity: isNews ? severities.error : severities.debug,
    body: isNews ? `${subject} failed: ${errorType}` : `${subject} ended: ${outcome.status}`,
    attributes,
  };
}

/** Also under the names by which backends recognise an exception. */
function errorAttributes(
  { outcome, detail }: ClosingEvent,
  content: ContentReader | null,
): readonly KeyValue[] {
  if (outcome.status !== "error")
    return content && detail !== undefined
      ? text(ownNames.detail, jsonText(inWords(content.read(detail))))
      : [];
  const { errorType, passedOn = false } = outcome;
  if (passedOn) return [...text(names.errorType, errorType), ...flag(ownNames.errorPassedOn, true)];
  return [
    ...text(names.errorType, errorType),
    ...text(names.exceptionType, errorType),
    ...(content && detail !== undefined
      ? text(names.exceptionMessage, textOf(inWords(content.read(detail))))
      : []),
  ];
}

function answerAttributes({
  model,
  finishReason,
  responseId,
}: EventOf<"model.ended">): readonly KeyValue[] {
  return [
    ...text(names.responseModel, model ?? null),
    ...text(names.responseId, responseId ?? null),
    ...texts(names.finishReasons, finishReason === undefined ? [] : [finishReason]),
  ];
}

/** The kind of work is told only where it begins. */
function kindOf(event: OpeningEvent | ClosingEvent): readonly KeyValue[] {
  return event.type === "work.ended" ? [] : text(ownNames.kind, wordFor(event));
}

function subjectOf(event: ClosingEvent, name: string | null): string {
  if (name === null) return wordFor(event);
  return event.type === "work.ended" ? name : `${wordFor(event)} ${name}`;
}

function wordFor(event: OpeningEvent | ClosingEvent): string {
  if (event.type === "work.started") return event.kind;
  return event.type.slice(0, event.type.indexOf("."));
}
