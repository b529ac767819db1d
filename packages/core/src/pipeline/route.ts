import type { Redactor } from "../redaction/redactor.ts";
import type { ContentPolicy, EventExporter, Exporter, SpanExporter } from "./exporter.ts";

interface Conditions {
  /** On top of the journal's own. Throwing withholds the value. */
  readonly redact?: Redactor;
  /** Default: what the exporter has for a default. */
  readonly content?: ContentPolicy;
}

/** An exporter of spans, and which of them it gets. */
export interface SpanRoute extends Conditions {
  readonly to: SpanExporter;
  /** The share of turns that go there, 0 to 1, by hash of the trace id, so that every process decides alike. Default: 1. */
  readonly sample?: number;
  /** What ended in an error goes there all the same, and so does what it happened in. */
  readonly keepErrors?: boolean;
}

/** Events make sense only together: an exporter of events gets all of them. */
export interface EventRoute extends Conditions {
  readonly to: EventExporter;
}

/** An exporter, and what it may see. The journal itself is never sampled. */
export type Route = SpanRoute | EventRoute;

/** An exporter by itself is a route without conditions. */
export function routeOf(given: Exporter | Route): Route {
  if ("to" in given) return given;
  return given.consumes === "spans" ? { to: given } : { to: given };
}
