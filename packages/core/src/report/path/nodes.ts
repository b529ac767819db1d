import { type Figures, figuresOf } from "./figures.ts";
import { type Visit, visitName } from "./graph-runs.ts";
import type { PathSpan } from "./path-span.ts";
import type { WentRun } from "./way.ts";

/** What ran in a graph under one name. The start is visited when a run begins, the end when one comes to its end. */
export interface PathNode extends Figures {
  /** Stays the same when more turns come. */
  readonly id: string;
  readonly name: string;
  readonly kind: PathSpan["kind"] | "start" | "end";
  /** Of its visits, how many did again what one before them did not finish. They come from nowhere else. */
  readonly repeats: number;
  /** Its visits, in order. */
  readonly spans: readonly string[];
}

/** The nodes of one graph, and where its visits went. */
export interface Nodes {
  readonly start: PathNode;
  /** In the order in which they first ran. */
  readonly seen: readonly { readonly node: PathNode; readonly visits: readonly Visit[] }[];
  /** Chosen, and then not seen. */
  readonly unseen: readonly PathNode[];
  readonly end: PathNode;
  /** Of what was visited; a name is of what was chosen. */
  readonly idOf: (visit: Visit | string) => string;
}

export function nodesOf(graph: string, went: readonly WentRun[]): Nodes {
  const visits = went.flatMap(({ run }) => run.visits);
  const seen = [...Map.groupBy(visits, ({ span }) => visitName(span)).values()].map(
    (group, place) => ({ node: nodeOf(`${graph}_n${place + 1}`, group), visits: group }),
  );
  const ids = new Map<Visit | string, string>();
  for (const { node, visits: group } of seen)
    for (const visit of [node.name, ...group]) ids.set(visit, node.id);
  const targets = went.flatMap(({ ways }) => ways.map(({ to }) => to));
  const names = new Set(targets.filter((to) => typeof to === "string"));
  const unseen = [...names]
    .filter((name) => !ids.has(name))
    .map((name, place) => bareNode(`${graph}_u${place + 1}`, "step", name, 0));
  for (const { id, name } of unseen) ids.set(name, id);
  const ended = went.filter(({ ways }) => ways.some(({ to }) => to === null)).length;
  return {
    start: bareNode(`${graph}_start`, "start", "start", went.length),
    seen,
    unseen,
    end: bareNode(`${graph}_end`, "end", "end", ended),
    idOf: (visit) => ids.get(visit) ?? graph,
  };
}

function nodeOf(id: string, visits: readonly Visit[]): PathNode {
  const tops = visits.map(({ span }) => span);
  return {
    id,
    name: tops[0]?.name ?? "",
    kind: tops[0]?.kind ?? "other",
    ...figuresOf(
      tops,
      visits.flatMap(({ spans }) => spans),
    ),
    repeats: visits.filter(({ isRepeat }) => isRepeat).length,
    spans: tops.map((top) => top.id),
  };
}

const bareNode = (id: string, kind: PathNode["kind"], name: string, visits: number): PathNode => ({
  id,
  name,
  kind,
  ...figuresOf([], []),
  visits,
  repeats: 0,
  spans: [],
});
