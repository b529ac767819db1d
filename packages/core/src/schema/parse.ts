import type { AgentEvent } from "../vocabulary/event.ts";
import { acceptsOf } from "./accept.ts";
import { agentEvent } from "./events.ts";
import type { Malformed } from "./locate.ts";
import { describeReceived, locate } from "./locate.ts";

export type ParsedEvent =
  | { readonly ok: true; readonly event: AgentEvent }
  | { readonly ok: false; readonly problem: Malformed };

const isEvent = acceptsOf(agentEvent) as (value: unknown) => value is AgentEvent;

/** The value itself where it is an event, with whatever else it carries; never a changed copy. What to do with a problem is the caller's. */
export function parseEvent(value: unknown): ParsedEvent {
  return isEvent(value)
    ? { ok: true, event: value }
    : { ok: false, problem: locate(agentEvent, value) };
}

/** A line of a journal. Never throws: a line that is no JSON is a problem like another. */
export function parseEventLine(line: string): ParsedEvent {
  const value = readJson(line);
  if (value === undefined) {
    const received = describeReceived(line);
    return { ok: false, problem: { path: "", expected: "JSON text", received } };
  }
  return parseEvent(value);
}

/** Undefined is no JSON value, so it can say that there was none. */
function readJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
