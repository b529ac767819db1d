import type { Place } from "../../page-data.ts";
import type { SessionModel } from "./session-model.ts";

/** One line of the tree: a turn, what lies in no turn, or a span. */
export interface TreeRow {
  readonly node: TreeNode;
  readonly level: number;
  readonly isOpen: boolean;
  readonly hasChildren: boolean;
  /** Among its siblings, from 1. */
  readonly position: number;
  readonly siblings: number;
}

export type TreeNode =
  | { readonly kind: "turn"; readonly turn: number }
  | { readonly kind: "outside" }
  | { readonly kind: "span"; readonly span: Place };

/** By what a node is known to be open. */
export function nodeName(node: TreeNode): string {
  switch (node.kind) {
    case "turn":
      return `turn ${node.turn}`;
    case "outside":
      return "outside";
    case "span":
      return `span ${node.span}`;
    default:
      return node satisfies never;
  }
}

/** The rows that are not hidden in something closed. Without recursion: nothing bounds how deep a session nests. */
export function treeRows(
  model: SessionModel,
  isOpen: (node: TreeNode) => boolean,
): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const stack = branches(rootsOf(model), 1).toReversed();
  for (let next = stack.pop(); next; next = stack.pop()) {
    const children = childNodes(model, next.node);
    const open = children.length > 0 && isOpen(next.node);
    rows.push({ ...next, hasChildren: children.length > 0, isOpen: open });
    if (open) stack.push(...branches(children, next.level + 1).toReversed());
  }
  return rows;
}

type Branch = Omit<TreeRow, "hasChildren" | "isOpen">;

const branches = (nodes: readonly TreeNode[], level: number): readonly Branch[] =>
  nodes.map((node, index) => ({ node, level, position: index + 1, siblings: nodes.length }));

function rootsOf({ data, spansOf }: SessionModel): readonly TreeNode[] {
  const turns = data.turns.map((_, turn): TreeNode => ({ kind: "turn", turn }));
  return spansOf(null).length > 0 ? [...turns, { kind: "outside" }] : turns;
}

function childNodes(model: SessionModel, node: TreeNode): readonly TreeNode[] {
  return placesUnder(model, node).map((span) => ({ kind: "span", span }));
}

/** The only activation of a turn is the turn itself; of several, each is drawn, one beside the other. */
function placesUnder(model: SessionModel, node: TreeNode): readonly Place[] {
  const { data, spansOf, childrenOf, activationsOf } = model;
  const turnOf = (place: Place): number | null => data.spans[place]?.turn ?? null;
  const isActivation = (place: Place): boolean => data.spans[place]?.kind === "turn";
  const within = (span: Place): readonly Place[] =>
    childrenOf(span).filter((child) => turnOf(child) === turnOf(span) && !isActivation(child));
  if (node.kind === "span") return within(node.span);
  const turn = node.kind === "turn" ? node.turn : null;
  const tops = spansOf(turn).filter((place) => {
    const parent = data.spans[place]?.parent;
    return isActivation(place) || parent === undefined || turnOf(parent) !== turn;
  });
  const isOne = turn !== null && activationsOf(turn).length === 1;
  return isOne ? tops.flatMap((place) => (isActivation(place) ? within(place) : [place])) : tops;
}
