import type { Span } from "../../../run-tree/span.ts";
import type { JsonObject, JsonValue } from "../../../vocabulary/json.ts";
import { type KeyValue, text } from "../../wire/key-value.ts";
import { jsonText, textOf } from "../json-text.ts";
import type { Message } from "../messages/message.ts";
import { textIn } from "../messages/block.ts";
import type { SpanSaid } from "../said.ts";
import type { Told } from "./overlay.ts";

/** What went in or came out of a span as one value: of a model call, what it was sent and what it said. */
export function inputOf({
  input,
  inputMessages,
  instructions = [],
}: SpanSaid): JsonValue | undefined {
  if (inputMessages === undefined) return input;
  const system = instructions.length === 0 ? [] : [{ role: "system", parts: instructions }];
  return [...system, ...inputMessages] as unknown as JsonValue;
}

export function outputOf({ output, outputMessages }: SpanSaid): JsonValue | undefined {
  return outputMessages === undefined ? output : (outputMessages as unknown as JsonValue);
}

/** What went in or came out, as a person reads it: where a turn, an agent or a workflow was told one text, or answered one, that text. */
export function readableInput({ span, said }: Told): JsonValue | undefined {
  return onlyText(span, said.inputMessages) ?? inputOf(said);
}

export function readableOutput({ span, said }: Told): JsonValue | undefined {
  return onlyText(span, said.outputMessages) ?? outputOf(said);
}

/** Of a model call the messages are shown beside it; there the value is all that was sent. */
function onlyText({ kind }: Span, messages: readonly Message[] = []): string | null {
  const [message, ...otherMessages] = messages;
  const [part, ...otherParts] = message?.parts ?? [];
  if (kind === "model" || otherMessages.length > 0 || otherParts.length > 0) return null;
  return part?.["type"] === "text" ? textIn(part, "content") : null;
}

/** Text as it is, anything else as its JSON. */
export function words(key: string, value: JsonValue | undefined): readonly KeyValue[] {
  return value === undefined ? [] : text(key, textOf(value));
}

/** Always JSON, also of a text. */
export function json(key: string, value: JsonValue | undefined): readonly KeyValue[] {
  return value === undefined ? [] : text(key, jsonText(value));
}

/** Only the members that are known; undefined where none is. */
export function knownOf(
  members: Readonly<Record<string, JsonValue | undefined>>,
): JsonObject | undefined {
  const known = Object.entries(members).filter(
    (member): member is [string, JsonValue] => member[1] !== undefined && member[1] !== null,
  );
  return known.length === 0 ? undefined : Object.fromEntries(known);
}
