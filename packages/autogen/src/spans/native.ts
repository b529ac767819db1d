import { type ReceivedSpan, receivedSpans } from "@spoor/core";
import type { Fields } from "../messages/narrow.ts";

/** A line of finished spans, as an exporter of OpenTelemetry sends them: those that ended first stand first. */
export interface SpansLine {
  readonly kind: "spans";
  readonly spans: readonly ReceivedSpan[];
}

/** Null: something else. */
export function spansLineOf(line: Fields): SpansLine | null {
  const spans = receivedSpans(line);
  return spans === null ? null : { kind: "spans", spans };
}
