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
  /** The share of turns that go there, 0 to 1, by hash of the trace id, so that every process decides alike. Else what the exporter says. Default: 1. */
  readonly sample?: number;
  /** What ended in an error goes there all the same, and so does what it happened in. */
  readonly keepErrors?: boolean;
}

/** Events make sense only together: an exporter of events gets all of them. */
export interface EventRoute extends Conditions {
  readonly to: EventExporter;
  /** Of a companion, and of nobody else: the share of turns that its exporter of spans gets. Default: 1. */
  readonly share?: number;
}

/** An exporter, and what it may see. The journal itself is never sampled. */
export type Route = SpanRoute | EventRoute;

/** An exporter by itself is a route without conditions. */
export function routeOf(given: Exporter | Route): Route {
  if ("to" in given) return given;
  return given.consumes === "spans" ? { to: given } : { to: given };
}

/** What all of them lead to: each, and right behind it the companion that goes with it. */
export function routesOf(given: readonly (Exporter | Route)[]): readonly Route[] {
  return given.map(routeOf).flatMap((route) => [route, ...companyOf(route)]);
}

/** Which errors a route keeps is known only of spans, so where it does, its companion gets all. */
function companyOf(route: Route): readonly EventRoute[] {
  if (!isOfSpans(route) || !route.to.companion) return [];
  const { to, redact, content = to.content, sample = to.sample ?? 1, keepErrors } = route;
  return [
    {
      to: route.to.companion,
      ...(redact ? { redact } : {}),
      ...(content ? { content } : {}),
      ...(sample < 1 && !keepErrors ? { share: sample } : {}),
    },
  ];
}

export function isOfSpans(route: Route): route is SpanRoute {
  return route.to.consumes === "spans";
}
