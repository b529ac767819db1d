import { isRecord } from "@spoor/core";
import { type Fields, fieldsOf, parsed, textOf } from "../messages/narrow.ts";

/** A line of the logger `autogen_core.events`, out of whatever it was wrapped in. */
export interface LogLine {
  readonly kind: "event";
  readonly type: string;
  readonly fields: Fields;
  /** Of the wrapper: the line itself tells no time. */
  readonly writtenAt: string | undefined;
}

const types: ReadonlySet<string> = new Set([
  "Message",
  "MessageDropped",
  "MessageHandlerException",
  "AgentConstructionException",
  "LLMCall",
  "LLMStreamStart",
  "LLMStreamEnd",
  "ToolCall",
]);

export const isLogType = (type: string): boolean => types.has(type);

/** The event in a JSON line: bare, as text in `message`, or as an object in `event`, as deep as loggers nest. Null: there is none. */
export function logLineOf(line: Fields): LogLine | null {
  let [fields, writtenAt] = [line, undefined as string | undefined];
  for (let depth = 0; depth < 4; depth += 1) {
    const type = textOf(fields["type"]);
    if (type !== undefined && isEvent(type, fields))
      return { kind: "event", type, fields, writtenAt };
    writtenAt ??= textOf(fields["timestamp"]) ?? textOf(fields["asctime"]) ?? textOf(fields["ts"]);
    const inner = innerOf(fields);
    if (inner === null) return null;
    fields = inner;
  }
  return null;
}

/** Also of a type that a later version has: it says whose agent it is about. */
const isEvent = (type: string, fields: Fields): boolean =>
  types.has(type) || Object.hasOwn(fields, "agent_id") || Object.hasOwn(fields, "handling_agent");

function innerOf(fields: Fields): Fields | null {
  for (const name of ["message", "msg", "event", "record", "body"]) {
    const value = fields[name];
    if (isRecord(value)) return value;
    const inner = textOf(value)?.startsWith("{") === true ? parsed(String(value)) : undefined;
    if (isRecord(inner)) return inner;
  }
  return null;
}

const prefixed = /autogen_core\.events:\s*(\{.*\})\s*$/;

/** `INFO:autogen_core.events:{…}`, or with a time before it, as text handlers write. Null: no such line. */
export function prefixedLine(text: string): LogLine | null {
  const json = prefixed.exec(text)?.[1];
  return json === undefined ? null : logLineOf(fieldsOf(parsed(json)));
}
