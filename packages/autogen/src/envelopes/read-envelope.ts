import { isRecord } from "@spoor/core";
import type { ActorEnvelope, EnvelopeKind } from "./envelope.ts";

type Fields = Readonly<Record<string, unknown>>;

/** How runtimes spell it; where several stand in one envelope the first one counts. */
const aliases = {
  messageId: ["messageId", "message_id", "id"],
  messageType: ["messageType", "message_type", "type"],
  conversationId: ["conversationId", "conversation_id", "sessionId", "session_id"],
  correlationId: ["correlationId", "correlation_id", "requestId", "request_id"],
  causationId: ["causationId", "causation_id"],
  sender: ["sender", "source", "from"],
  recipient: ["recipient", "target", "receiver", "to"],
  topic: ["topic", "topicId", "topic_id"],
  createdAt: ["createdAt", "created_at", "timestamp", "time"],
  deadline: ["deadline", "expiresAt", "expires_at"],
  deliveryAttempt: ["deliveryAttempt", "delivery_attempt", "deliveryCount", "attempt"],
  headers: ["headers", "metadata"],
  payload: ["payload", "message", "data", "body", "content"],
} as const;

/** Also by the names of AutoGen's classes, where whoever sends awaits the answer. */
const kinds: ReadonlyMap<unknown, EnvelopeKind> = new Map<unknown, EnvelopeKind>([
  ["send", "send"],
  ["publish", "publish"],
  ["request", "request"],
  ["response", "response"],
  ["error", "error"],
  ["SendMessageEnvelope", "request"],
  ["PublishMessageEnvelope", "publish"],
  ["ResponseMessageEnvelope", "response"],
]);

/** Null: it is another word. */
export const envelopeKindOf = (word: unknown): EnvelopeKind | null => kinds.get(word) ?? null;

/**
 * Reads what a runtime hands over, whatever it calls the fields. Total: what cannot be read is left out, what is no envelope at all is the payload of
 * one, and a message without an id gets one and says so.
 */
export function readEnvelope<Payload = unknown>(
  given: unknown,
  newId: () => string,
): ActorEnvelope<Payload> {
  const fields = fieldsOf(given) ?? { payload: given };
  const messageId = textUnder(fields, "messageId");
  const topic = addressUnder(fields, "topic");
  const kind = valueUnder(fields, ["kind"]);
  const payload = valueUnder(fields, aliases.payload);
  return {
    kind: envelopeKindOf(kind) ?? (topic === null ? "send" : "publish"),
    messageId: messageId ?? newId(),
    ...(messageId === null ? { inferred: true } : {}),
    ...known("messageType", textUnder(fields, "messageType")),
    ...known("conversationId", textUnder(fields, "conversationId")),
    ...known("correlationId", textUnder(fields, "correlationId")),
    ...known("causationId", textUnder(fields, "causationId")),
    ...known("sender", addressUnder(fields, "sender")),
    ...known("recipient", addressUnder(fields, "recipient")),
    ...known("topic", topic),
    ...known("createdAt", textUnder(fields, "createdAt")),
    ...known("deadline", momentUnder(fields, "deadline")),
    ...known("deliveryAttempt", countIn(valueUnder(fields, aliases.deliveryAttempt))),
    headers: headersIn(fields),
    ...(payload === undefined ? {} : { payload: payload as Payload }),
  };
}

/** A revoked proxy cannot even be asked what it is. */
function fieldsOf(value: unknown): Fields | null {
  try {
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function known<Name extends string, Value>(
  name: Name,
  value: Value | null,
): { readonly [Key in Name]?: Value } {
  return value === null ? {} : ({ [name]: value } as { readonly [Key in Name]: Value });
}

/** A getter of somebody's class may throw: then nothing stands there. */
function valueUnder(fields: Fields, names: readonly string[]): unknown {
  for (const name of names) {
    try {
      const value = fields[name];
      if (value !== undefined && value !== null) return value;
    } catch {
      continue;
    }
  }
  return undefined;
}

type Alias = keyof typeof aliases;

function textUnder(fields: Fields, alias: Alias): string | null {
  const value = valueUnder(fields, aliases[alias]);
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  return typeof value === "string" && value !== "" ? value : null;
}

/** Also as AutoGen has them: an agent of `{ type, key }`, a topic of `{ type, source }`. */
function addressUnder(fields: Fields, alias: Alias): string | null {
  const value = valueUnder(fields, aliases[alias]);
  if (typeof value === "string") return value === "" ? null : value;
  const parts = fieldsOf(value);
  if (!parts) return null;
  const type = valueUnder(parts, ["type"]);
  const key = valueUnder(parts, ["key", "source"]);
  if (typeof type !== "string") return null;
  return typeof key === "string" ? `${type}/${key}` : type;
}

function momentUnder(fields: Fields, alias: Alias): number | null {
  const value = valueUnder(fields, aliases[alias]);
  const ms =
    typeof value === "string" ? Date.parse(value) : value instanceof Date ? value.getTime() : value;
  return typeof ms === "number" && Number.isFinite(ms) ? ms : null;
}

/** 1, 2, 3, …; null: it is none of these. */
export function countIn(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : null;
}

/** Those of AMQP lie one deeper; header classes of libraries list pairs. */
function headersIn(fields: Fields): Readonly<Record<string, unknown>> {
  const properties = fieldsOf(valueUnder(fields, ["properties"])) ?? {};
  const given = fieldsOf(
    valueUnder(fields, aliases.headers) ?? valueUnder(properties, ["headers"]),
  );
  if (!given) return {};
  try {
    return Symbol.iterator in given
      ? Object.fromEntries(given as unknown as Iterable<readonly [string, unknown]>)
      : { ...given };
  } catch {
    return {};
  }
}
