import { readCarrier } from "../vocabulary/carrier.ts";
import type { AgentEvent, Link, SpanId, TraceId } from "../vocabulary/event.ts";
import { derivedTraceIdOf, spanIdOf, traceIdOfSession } from "../vocabulary/identity.ts";
import type { First } from "./join.ts";
import type { Node } from "./node.ts";
import type { SpanLink } from "./span.ts";

/**
 * What a span is linked to, as its openings were stamped and as they say: nothing of it depends on what else is in hand, so a span that is sent
 * again has the same links.
 */
export function linksOf(node: Node, first: First, traceId: TraceId): readonly SpanLink[] {
  const said = (first(saidLinks) ?? []).flatMap((link) => saidLink(link, node, traceId));
  return node.isTurn ? [...stampedLinks(node, first, traceId), ...said] : said;
}

/** What set work off where nobody names it by a key: the first that it is linked to as its cause. A turn is nobody's effect. */
export function linkedCause({ isTurn }: Node, links: readonly SpanLink[]): SpanId | null {
  return isTurn ? null : (links.find(({ kind }) => kind === "cause")?.spanId ?? null);
}

function stampedLinks(activation: Node, first: First, traceId: TraceId): readonly SpanLink[] {
  const own = new Set<string>(activation.spanIds());
  const previous = first((fact) =>
    fact.previous && !own.has(fact.previous.spanId) ? fact.previous : undefined,
  );
  const suspended = first((fact) => fact.suspendedSpanId);
  return [
    ...(previous ? [{ kind: "previous", ...previous } as const] : []),
    ...(suspended ? [{ kind: "resume", traceId, spanId: suspended } as const] : []),
  ];
}

const saidLinks = (fact: AgentEvent): readonly Link[] | undefined =>
  "links" in fact ? fact.links : undefined;

/** Of a span that is named by its key, the trace is derived as that of the turn that names it was. */
function saidLink(link: Link, { session: own }: Node, traceId: TraceId): readonly SpanLink[] {
  const { kind } = link;
  if ("carrier" in link) {
    const context = readCarrier(link.carrier);
    return context ? [{ kind, ...context }] : [];
  }
  const { session, key } = link;
  const per = traceId === traceIdOfSession(own) ? "session" : "turn";
  return [{ kind, traceId: derivedTraceIdOf(session, key, per), spanId: spanIdOf(session, key) }];
}
