import { type PathGraph, pathOf, type PathSpan } from "@spoor/core/report/text";
import type { PageSpan } from "../../page-data.ts";
import type { SessionModel } from "../model/session-model.ts";

/** The path of one turn, or (null) of all that are on the page: by the code that `spoor show --mermaid` runs. */
export function pathShown(model: SessionModel, turn: number | null): readonly PathGraph[] {
  const { data, spansOf } = model;
  const { spans } = data;
  const meant =
    turn === null
      ? spans.filter((span) => span.turn !== undefined)
      : spansOf(turn).flatMap((place) => spans[place] ?? []);
  const graphs = pathOf(meant.map((span) => pathSpan(span, spans)));
  return graphs.filter(({ within }) => within === null).length === 1
    ? graphs.map((graph) => (graph.within === null ? paidAs(graph, model, turn) : graph))
    : graphs;
}

/** The only graph of a turn, or of a session, cost what that did: the rest that no call accounts for too. */
function paidAs(graph: PathGraph, { data }: SessionModel, turn: number | null): PathGraph {
  const cost = (turn === null ? data.session : data.turns[turn])?.cost ?? graph.cost;
  return { ...graph, cost, usageFinal: graph.usageFinal || data.session.usageComplete };
}

function pathSpan(span: PageSpan, spans: readonly PageSpan[]): PathSpan {
  const { id, kind, name, status, cause, parent, usd, way } = span;
  const isUnpriced = kind === "model" && usd === undefined;
  return {
    id,
    kind,
    name,
    status,
    parent: parent === undefined ? null : (spans[parent]?.id ?? null),
    turn: span.turn ?? null,
    start: span.start ?? null,
    end: span.end ?? null,
    causedBy: (typeof cause === "number" ? spans[cause]?.id : cause) ?? null,
    attempt: span.attempt ?? null,
    cost: {
      usd: usd ?? null,
      reportedUsd: span.reportedUsd ?? null,
      unpriced: isUnpriced ? 1 : 0,
      unpricedRests: 0,
    },
    usageFinal: span.usageGrowing !== true,
    step: way?.step ?? null,
    chose: way?.chose ?? [],
    handedTo: way?.handedTo ?? [],
  };
}
