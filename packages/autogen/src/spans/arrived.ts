import type { ReceivedSpan, SpanId } from "@spoor/core";
import type { Role } from "./role.ts";

/** A span, and what has to be known before it can be placed. */
export interface Arrived {
  readonly span: ReceivedSpan;
  readonly role: Role;
  /** Null: nothing; it begins something. */
  readonly follows: SpanId | null;
}

/** Spans that are known at once. What one follows from has mostly just ended, or is about to. */
export const mostKnown = 100_000;
