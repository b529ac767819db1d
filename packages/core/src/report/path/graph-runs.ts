import type { PathSpan } from "./path-span.ts";

/** One time that a graph ran: the spans that ran it, one after a suspension of the one before, and what each of them ran directly. */
export interface GraphRun {
  readonly scopes: readonly PathSpan[];
  /** Those, and all below them. */
  readonly spans: readonly PathSpan[];
  /** In order of time. */
  readonly visits: readonly Visit[];
}

/** One time that something ran in a graph. */
export interface Visit {
  readonly span: PathSpan;
  /** Its own span and all below it. */
  readonly spans: readonly PathSpan[];
  /** Graphs that ran in it; of one that was suspended in it and went on in a later visit, all of it. */
  readonly inner: readonly GraphRun[];
  /** It does again what an earlier visit did not finish: after a failure, or after a suspension. */
  readonly isRepeat: boolean;
  /** A later visit did again what this one did not finish. */
  readonly isRepeated: boolean;
}

/** What lies in graphs further down counts where it is, and is not drawn. */
const deepest = 24;

type ChildrenOf = (span: PathSpan) => readonly PathSpan[];

/** The outermost graphs of some turns, each with all that ran in it. A turn in which nothing ran is none. */
export function graphRuns(spans: readonly PathSpan[]): readonly GraphRun[] {
  return [...Map.groupBy(spans, ({ turn }) => turn).values()].flatMap((turn) => {
    const childrenOf = childrenIn(turn);
    const activations = turn.filter(({ kind }) => kind === "turn");
    const busy = activations.filter((one) => childrenOf(one).length > 0);
    const around = new Map(busy.map((one) => [seenThrough(one, childrenOf), one]));
    return runsOf([...around.keys()], childrenOf, 0).map((run) => ({
      ...run,
      spans: [
        ...new Set([...run.scopes.flatMap((scope) => around.get(scope) ?? []), ...run.spans]),
      ],
    }));
  });
}

/** What has its parent elsewhere was run by the latest activation of its turn, as far as anybody knows. */
function childrenIn(turn: readonly PathSpan[]): ChildrenOf {
  const known = new Set(turn.map(({ id }) => id));
  const activations = turn.filter(({ kind }) => kind === "turn");
  const activationAt = (start: number | null): string | undefined => {
    const latest = activations.findLast((one) => start !== null && (one.start ?? start) <= start);
    return (latest ?? activations[0])?.id;
  };
  const children = Map.groupBy(
    turn.filter(({ kind }) => kind !== "turn"),
    ({ parent, start }) => (parent !== null && known.has(parent) ? parent : activationAt(start)),
  );
  return ({ id }) => children.get(id) ?? [];
}

/** A turn that does nothing but run one graph is that graph. */
function seenThrough(turn: PathSpan, childrenOf: ChildrenOf): PathSpan {
  const [only, ...others] = childrenOf(turn);
  return only && others.length === 0 && isGraph(only, childrenOf(only)) ? only : turn;
}

/** Whoever runs steps is a graph, whatever it is called; so is a turn, a workflow or an agent that runs anything. */
function isGraph({ kind }: PathSpan, children: readonly PathSpan[]): boolean {
  if (children.some((child) => child.kind === "step" || child.kind === "task")) return true;
  return children.length > 0 && (kind === "turn" || kind === "workflow" || kind === "agent");
}

/** Runs of graphs beside each other, in order. What comes after a suspension of the same graph goes on with it. */
function runsOf(
  scopes: readonly PathSpan[],
  childrenOf: ChildrenOf,
  depth: number,
): readonly GraphRun[] {
  const runs: PathSpan[][] = [];
  const suspended = new Map<string, PathSpan[]>();
  for (const scope of scopes) {
    const name = visitName(scope);
    const run = suspended.get(name) ?? [];
    if (run.length === 0) runs.push(run);
    run.push(scope);
    if (scope.status === "suspended") suspended.set(name, run);
    else suspended.delete(name);
  }
  return runs.map((run) => ({
    scopes: run,
    spans: run.flatMap((scope) => contentsOf(scope, childrenOf).spans),
    visits: visitsOf(run, childrenOf, depth),
  }));
}

/** By what two visits are known to be of one node. */
export const visitName = ({ kind, name }: PathSpan): string => `${kind} ${name}`;

/** What is done in one piece: a visit, and those that do it again. */
interface Attempts {
  readonly last: PathSpan;
  readonly graphs: PathSpan[];
}

function visitsOf(
  scopes: readonly PathSpan[],
  childrenOf: ChildrenOf,
  depth: number,
): readonly Visit[] {
  const unfinished = new Map<string, Attempts[]>();
  const repeated = new Set<PathSpan>();
  const found = inOrder(scopes.flatMap(childrenOf)).map((span) => {
    const candidates = unfinished.get(visitName(span)) ?? [];
    const place = candidates.findLastIndex(({ last }) => doesAgain(span, last));
    const [before = null] = place < 0 ? [] : candidates.splice(place, 1);
    if (before) repeated.add(before.last);
    const { spans, graphs } = contentsOf(span, childrenOf);
    before?.graphs.push(...graphs);
    candidates.push({ last: span, graphs: before?.graphs ?? graphs });
    unfinished.set(visitName(span), candidates);
    return { span, spans, graphs: before ? [] : graphs, isRepeat: before !== null };
  });
  return found.map(({ span, spans, graphs, isRepeat }) => ({
    span,
    spans,
    inner: depth < deepest ? runsOf(graphs, childrenOf, depth + 1) : [],
    isRepeat,
    isRepeated: repeated.has(span),
  }));
}

/** What has no time comes after what stands before it. */
function inOrder(spans: readonly PathSpan[]): readonly PathSpan[] {
  let before = -Infinity;
  return spans
    .map((span) => ({ span, start: (before = span.start ?? before) }))
    .toSorted((left, right) => (left.start === right.start ? 0 : left.start - right.start))
    .map(({ span }) => span);
}

/** A later attempt does again what failed, and what runs after a suspension what was suspended. */
function doesAgain(now: PathSpan, before: PathSpan): boolean {
  if (now.step?.superstep !== before.step?.superstep) return false;
  if (before.status === "suspended") return before.parent !== now.parent;
  const attempt = now.attempt ?? 1;
  return attempt > 1 && (before.attempt ?? 1) === attempt - 1;
}

/** All that lies in a span, and the outermost graphs among it. Without recursion: nothing bounds how deep a session nests. */
function contentsOf(
  top: PathSpan,
  childrenOf: ChildrenOf,
): { readonly spans: readonly PathSpan[]; readonly graphs: PathSpan[] } {
  const spans: PathSpan[] = [];
  const graphs: PathSpan[] = [];
  const stack = [{ span: top, isInGraph: false }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { span } = next;
    const children = childrenOf(span);
    const isOutermost = !next.isInGraph && isGraph(span, children);
    spans.push(span);
    if (isOutermost) graphs.push(span);
    const isInGraph = next.isInGraph || isOutermost;
    stack.push(...children.toReversed().map((child) => ({ span: child, isInGraph })));
  }
  return { spans, graphs };
}
