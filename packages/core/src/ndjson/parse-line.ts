import type { Malformed } from "../schema/locate.ts";
import { parseEvent } from "../schema/parse.ts";
import { type AgentEvent, eventVersion, type Held } from "../vocabulary/event.ts";
import { isRecord } from "../vocabulary/json.ts";

export type ParsedLine =
  | {
      readonly kind: "event";
      /** As it was recorded. */
      readonly event: AgentEvent;
      /** Said of the references that this line is the first to use. Whatever stood there. */
      readonly values: unknown;
      /** All that is behind the event's context, where that does not follow from the lines of the file. */
      readonly messages: readonly Held[] | null;
    }
  | { readonly kind: "another version" }
  | { readonly kind: "malformed"; readonly problem: Malformed };

const noJson = { path: "", expected: "JSON text", received: "other text" } as const;

/** Never throws: half a line is malformed like any other. */
export function parseLine(line: string): ParsedLine {
  const value = readJson(line);
  if (value === undefined) return { kind: "malformed", problem: noJson };
  if (isRecord(value) && typeof value["v"] === "number" && value["v"] > eventVersion)
    return { kind: "another version" };
  const parsed = parseEvent(value);
  if (!parsed.ok) return { kind: "malformed", problem: parsed.problem };
  const { values, messages, ...event } = parsed.event as AgentEvent & Beside;
  return {
    kind: "event",
    event: event as AgentEvent,
    values,
    messages: isListOfHeld(messages) ? messages : null,
  };
}

/** No event has fields of these names. */
interface Beside {
  readonly values?: unknown;
  readonly messages?: unknown;
}

function isListOfHeld(value: unknown): value is readonly Held[] {
  return (
    Array.isArray(value) &&
    value.every(
      (one) => typeof one === "string" || (isRecord(one) && typeof one["withheld"] === "string"),
    )
  );
}

/** Undefined is no JSON value, so it can say that there was none. */
function readJson(line: string): unknown {
  try {
    return JSON.parse(line.startsWith("\uFEFF") ? line.slice(1) : line);
  } catch {
    return undefined;
  }
}
