import type { JsonValue } from "../../vocabulary/json.ts";
import type { ReceivedSpan } from "./received-span.ts";

/** How a piece of work failed, as its span tells. */
export interface ReceivedFailure {
  readonly errorType: string;
  /** What the exception said. Undefined: nobody wrote it down. */
  readonly detail: string | undefined;
}

const unnamed = "error";
const longestName = 200;

/** Null: it has not failed. An exception that stands on the span twice is one failure, and one on a span that does not say it failed is none. */
export function receivedFailure({
  status,
  attributes,
  events,
}: ReceivedSpan): ReceivedFailure | null {
  if (status.code !== "error") return null;
  const exception = events.find(({ name }) => name === "exception")?.attributes ?? {};
  const errorType =
    textOf(attributes["error.type"]) ?? textOf(exception["exception.type"]) ?? unnamed;
  const detail = textOf(exception["exception.message"]) ?? textOf(status.message);
  return { errorType: errorType.slice(0, longestName), detail };
}

const textOf = (value: JsonValue | undefined): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;
