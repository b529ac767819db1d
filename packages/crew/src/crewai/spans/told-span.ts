import type { JsonValue, Key, ReceivedSpan, WorkKind } from "@spoor/core";
import { isRecord } from "@spoor/core";
import { parsed, textOf } from "../../reading/narrow.ts";

/** What a span of CrewAI's is, whoever made it. */
export interface ToldSpan {
  readonly kind: WorkKind | "model" | "tool";
  readonly key: Key;
  readonly session: string;
  readonly name: string;
  /** It is what was kicked off. */
  readonly isRoot: boolean;
  readonly version?: string;
  readonly agent?: string;
  readonly input?: JsonValue;
  readonly output?: JsonValue;
  readonly expected?: JsonValue;
  readonly attempt?: number;
  /** Of a guardrail. */
  readonly verdict?: { readonly passed: boolean; readonly why?: string };
  /** Of a model call: what it was sent. */
  readonly messages?: readonly JsonValue[];
  readonly responseId?: string;
}

export const attributeOf = ({ attributes }: ReceivedSpan, name: string): string | undefined =>
  textOf(attributes[name]);

/** Where nobody names a conversation, a trace is one. */
export const sessionOfTrace = (span: ReceivedSpan): string =>
  attributeOf(span, "session.id") ?? `trace:${span.traceId}`;

/** The value that stands as JSON text in an attribute; the text where it is none. `null` stands there for nothing. */
export function valueIn(span: ReceivedSpan, name: string): JsonValue | undefined {
  const text = attributeOf(span, name);
  if (text === undefined) return undefined;
  const value = parsed(text);
  return value === undefined ? text : ((value ?? undefined) as JsonValue | undefined);
}

/** Of the output of a task or a crew, what was said. */
export function rawIn(span: ReceivedSpan, name: string): JsonValue | undefined {
  const value = valueIn(span, name);
  return isRecord(value) && value["raw"] !== undefined ? value["raw"] : value;
}

/** A list of messages that stands as JSON text in an attribute, alone or in a request. */
export function messagesIn(span: ReceivedSpan, name: string): readonly JsonValue[] | undefined {
  const value = valueIn(span, name);
  const messages: unknown = isRecord(value) ? (value["messages"] ?? value["input"]) : value;
  return Array.isArray(messages) ? (messages as readonly JsonValue[]) : undefined;
}
