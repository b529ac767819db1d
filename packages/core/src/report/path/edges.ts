import type { GraphRun, Visit } from "./graph-runs.ts";
import type { Nodes } from "./nodes.ts";
import type { Basis, WentRun } from "./way.ts";

/** From one node of a graph to another, or back to itself. */
export interface PathEdge {
  readonly from: string;
  readonly to: string;
  /** How often it was taken: where several ran side by side at one end of it, each of them counts. 0: chosen, and then not seen. */
  readonly times: number;
  /** The least certain of those that were taken. */
  readonly basis: Basis;
}

interface Taken extends Omit<PathEdge, "times"> {
  readonly tails: Set<Visit | GraphRun>;
  readonly heads: Set<Visit | GraphRun>;
}

/** All that went the same way, as one. */
export function edgesOf(went: readonly WentRun[], nodes: Nodes): readonly PathEdge[] {
  const edges = new Map<string, Taken>();
  for (const { run, ways } of went)
    for (const { basis, from, to } of ways) {
      const tail = from === null ? nodes.start.id : nodes.idOf(from);
      const head = to === null ? nodes.end.id : nodes.idOf(to);
      const name = `${tail} ${head}`;
      const edge = edges.get(name) ?? {
        from: tail,
        to: head,
        basis,
        tails: new Set(),
        heads: new Set(),
      };
      edges.set(name, basis === "order" ? { ...edge, basis } : edge);
      if (typeof to === "string") continue;
      edge.tails.add(from ?? run);
      edge.heads.add(to ?? run);
    }
  return [...edges.values()].map(({ basis, from, heads, tails, to }) => ({
    from,
    to,
    times: Math.max(heads.size, tails.size),
    basis,
  }));
}
