import type { ReceivedSpan } from "@spoor/core";
import { type Fields, fieldsOf, parsed, textOf } from "../messages/narrow.ts";

/**
 * What AutoGen's runtime does with a message. It is created by its sender and handed over (`send`, `publish`); each agent that gets it handles it
 * (`process`). What intercepts it and that it was answered (`ack`) lead nowhere.
 */
export interface RuntimeSpan {
  readonly operation: "create" | "send" | "publish" | "process" | "intercept" | "ack";
  /** The runtime of workers, in which every process has traces of its own. */
  readonly isDistributed: boolean;
  readonly to: Address | null;
  /** What kind of message it is, in the words of the code that sends it. */
  readonly messageType: string | undefined;
  /** Null: nobody, or it is not told. */
  readonly sender: string | null;
  /** The message, as far as it could be written as JSON. */
  readonly message: Fields;
  readonly text: string | undefined;
}

/** `type.(key)-A` of an agent, `type.(source)-T` of a topic. */
export interface Address {
  readonly kind: "agent" | "topic";
  readonly type: string;
  readonly key: string;
  /** What people call it. */
  readonly name: string;
  /** The team that it is of: that is the key of all its agents and topics, and stands in their types. */
  readonly team: string | null;
}

const scopes: Readonly<Record<string, boolean>> = {
  "autogen SingleThreadedAgentRuntime": false,
  "autogen Worker Runtime": true,
};
const operations: readonly RuntimeSpan["operation"][] = [
  "create",
  "send",
  "publish",
  "process",
  "intercept",
  "ack",
];

/** Null: some other span. */
export function runtimeSpanOf({ scope, name, attributes }: ReceivedSpan): RuntimeSpan | null {
  const isDistributed = Object.hasOwn(scopes, scope.name) ? scopes[scope.name] : undefined;
  const operation = operations.find((word) => name.startsWith(`autogen ${word}`));
  if (isDistributed === undefined || operation === undefined) return null;
  const sender = fieldsOf(parsed(textOf(attributes["message_context"]) ?? ""))["sender"];
  const text = textOf(attributes["message"]);
  return {
    operation,
    isDistributed,
    to: addressOf(attributes["messaging.destination"]),
    messageType: textOf(attributes["messaging.message.type"]),
    sender: sender === "None" ? null : (textOf(sender) ?? null),
    message: fieldsOf(parsed(text ?? "")),
    text,
  };
}

const written = /^(.+)\.\((.*)\)-([AT])$/s;

function addressOf(value: unknown): Address | null {
  const [, type, key, kind] = written.exec(textOf(value) ?? "") ?? [];
  if (type === undefined || key === undefined) return null;
  const suffix = `_${key}`;
  const isOfTeam = type.endsWith(suffix) && type.length > suffix.length;
  return {
    kind: kind === "T" ? "topic" : "agent",
    type,
    key,
    name: isOfTeam ? type.slice(0, -suffix.length) : type,
    team: isOfTeam ? key : null,
  };
}
