import type { SpanLink } from "../run-tree/span.ts";
import type { Turn } from "./turn.ts";

/**
 * What a turn goes on from: the turn before it, the suspensions it resumes, and what its openings say. Each once. As the spans say it; where a
 * recorder did not know, by the order of what was recorded.
 */
export function turnLinks(turn: Turn, before: Turn | null): readonly SpanLink[] {
  const said = turn.activations.flatMap((activation) => activation.links);
  const previous = said.filter(({ kind }) => kind === "previous");
  const derived = before ? [linkTo("previous", before.first.traceId, before.id)] : [];
  const links: readonly SpanLink[] = [
    ...(previous.length > 0 ? previous : derived),
    ...resumesOf(turn),
    ...said.filter(({ kind }) => kind === "fork" || kind === "cause"),
  ];
  const distinct = new Map(links.map((link) => [JSON.stringify(link), link]));
  return [...distinct.values()];
}

/** To the activation that was suspended; where only a later one is in this record, to the turn's first, which is known by name. */
function resumesOf({ id, activations }: Turn): readonly SpanLink[] {
  return activations.flatMap((activation, index) => {
    const said = activation.links.filter(({ kind }) => kind === "resume");
    if (activation.spanId === id || said.length > 0) return said;
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
