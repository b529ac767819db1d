import type { SpanLink } from "../run-tree/span.ts";
import type { Turn } from "./turn.ts";

/** What a turn goes on from: the turn before it, the suspensions it resumes, and what its openings say. Each once. */
export function turnLinks(turn: Turn, before: Turn | null): readonly SpanLink[] {
  const links: readonly SpanLink[] = [
    ...(before ? [linkTo("previous", before.first.traceId, before.id)] : []),
    ...resumesOf(turn),
    ...turn.activations.flatMap(({ links }) => links),
  ];
  const distinct = new Map(links.map((link) => [JSON.stringify(link), link]));
  return [...distinct.values()];
}

/** To the activation that was suspended; where only a later one is in this record, to the turn's first, which is known by name. */
function resumesOf({ id, activations }: Turn): readonly SpanLink[] {
  return activations.flatMap((activation, index) => {
    if (activation.spanId === id) return [];
    return [linkTo("resume", activation.traceId, activations[index - 1]?.spanId ?? id)];
  });
}

function linkTo(
  kind: SpanLink["kind"],
  traceId: SpanLink["traceId"],
  spanId: SpanLink["spanId"],
): SpanLink {
  return { kind, traceId, spanId };
}
