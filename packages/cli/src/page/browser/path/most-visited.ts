import type { PathGraph } from "@spoor/core/report/text";

/** Of each graph the nodes that were visited most, as many as can be looked at; what ran in others is left out with them. */
export function mostVisited(graphs: readonly PathGraph[], most: number): readonly PathGraph[] {
  const gone = new Set<string>();
  return graphs.flatMap((graph) => {
    if (graph.within !== null && gone.has(graph.within)) {
      for (const { id } of graph.nodes) gone.add(id);
      return [];
    }
    const ran = graph.nodes.filter(({ kind }) => kind !== "start" && kind !== "end");
    for (const { id } of ran.toSorted((one, two) => two.visits - one.visits).slice(most))
      gone.add(id);
    return {
      ...graph,
      nodes: graph.nodes.filter(({ id }) => !gone.has(id)),
      edges: graph.edges.filter(({ from, to }) => !gone.has(from) && !gone.has(to)),
    };
  });
}
