import type { Span } from "../../../../run-tree/span.ts";
import type { ObservationLevel } from "./observation.ts";

/** How a span ended, as Langfuse colours it and says it. */
export interface Ending {
  readonly level: ObservationLevel;
  readonly statusMessage: string | null;
}

/**
 * Waiting for a person is no error, and neither is giving up. `text`: what was said about the ending, or null where nothing was, or may go out. An
 * error is told where it happened: on the spans above it says that it came from below.
 */
export function endingOf(span: Span, text: string | null): Ending {
  const { status, errorType, errorPassedOn } = span;
  switch (status) {
    case "ok":
      return { level: "DEFAULT", statusMessage: text };
    case "suspended":
      return { level: "DEFAULT", statusMessage: withReason("suspended", text) };
    case "cancelled":
      return { level: "WARNING", statusMessage: withReason("cancelled", text) };
    case "abandoned":
      return { level: "WARNING", statusMessage: "unfinished: nobody saw it end" };
    case "open":
      return { level: "WARNING", statusMessage: "unfinished: it had not ended" };
    case "error":
      return {
        level: "ERROR",
        statusMessage: errorPassedOn ? withReason("passed on from below", errorType) : text,
      };
    default:
      return status satisfies never;
  }
}

const withReason = (what: string, why: string | null): string =>
  why === null ? what : `${what}: ${why}`;
