import { edgesOf, type PathEdge } from "./edges.ts";
import { type Figures, figuresOf } from "./figures.ts";
import { type GraphRun, graphRuns, visitName } from "./graph-runs.ts";
import { nodesOf, type PathNode } from "./nodes.ts";
import type { PathSpan } from "./path-span.ts";
import { waysOf } from "./ways.ts";

/** All runs of one graph, as one: what ran in it, and how it went from one to the next. */
export interface PathGraph extends Figures {
  readonly id: string;
  readonly name: string;
  readonly kind: PathSpan["kind"];
  /** The id of the node that it ran in; null: in none. */
  readonly within: string | null;
  /** The start, what ran, what was chosen and then not seen, the end. */
  readonly nodes: readonly PathNode[];
  readonly edges: readonly PathEdge[];
}

/**
 * The graphs that ran in some turns, each before the graphs in its nodes. Pure, and the same in a terminal and in a browser. The spans of a turn
 * stand depth first, each before what hangs on it, as a session has them.
 */
export function pathOf(spans: readonly PathSpan[]): readonly PathGraph[] {
  return graphsIn(null, graphRuns(spans));
}

/** Recursion is bounded by how deep graphs are looked for in graphs. */
function graphsIn(within: string | null, runs: readonly GraphRun[]): readonly PathGraph[] {
  const graphs = Map.groupBy(runs, ({ scopes }) => scopes.map(visitName)[0]);
  return [...graphs.values()].flatMap((same, place) => {
    const id = `${within === null ? "" : `${within}_`}g${place + 1}`;
    const went = same.map((run) => ({ run, ways: waysOf(run) }));
    const nodes = nodesOf(id, went);
    const scopes = same.flatMap((run) => run.scopes);
    const graph: PathGraph = {
      id,
      name: scopes[0]?.name ?? "",
      kind: scopes[0]?.kind ?? "other",
      within,
      ...figuresOf(
        same.flatMap((run) => run.scopes.slice(-1)),
        same.flatMap((run) => run.spans),
        scopes,
      ),
      nodes: [nodes.start, ...nodes.seen.map(({ node }) => node), ...nodes.unseen, nodes.end],
      edges: edgesOf(went, nodes),
    };
    const inner = nodes.seen.flatMap(({ node, visits }) =>
      graphsIn(
        node.id,
        visits.flatMap((visit) => visit.inner),
      ),
    );
    return [graph, ...inner];
  });
}
