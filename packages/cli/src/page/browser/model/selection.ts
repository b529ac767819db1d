import type { Place } from "../../page-data.ts";
import type { SessionModel } from "./session-model.ts";
import type { TreeNode } from "./tree-rows.ts";

/** What the page is about right now: a turn as a whole (no span), a span, or nothing. */
export interface Selection {
  readonly turn: number | null;
  readonly span: Place | null;
}

/** The only activation of a turn is the turn. */
export function selectionOf({ data, activationsOf }: SessionModel, span: Place): Selection {
  const turn = data.spans[span]?.turn ?? null;
  const isWholeTurn =
    turn !== null && data.spans[span]?.kind === "turn" && activationsOf(turn).length === 1;
  return { turn, span: isWholeTurn ? null : span };
}

/** The span that stands for a selection. */
export function spanOf({ activationsOf }: SessionModel, { turn, span }: Selection): Place | null {
  return span ?? (turn === null ? null : (activationsOf(turn)[0] ?? null));
}

export function nodeOf({ turn, span }: Selection): TreeNode | null {
  if (span !== null) return { kind: "span", span };
  return turn === null ? null : { kind: "turn", turn };
}

/** All that has to be open for a span to be seen. */
export function nodesAbove({ data }: SessionModel, span: Place): readonly TreeNode[] {
  const turn = data.spans[span]?.turn;
  const above: TreeNode[] = [turn === undefined ? { kind: "outside" } : { kind: "turn", turn }];
  const seen = new Set<Place>();
  for (
    let parent = data.spans[span]?.parent;
    parent !== undefined && !seen.has(parent);
    parent = data.spans[parent]?.parent
  ) {
    seen.add(parent);
    above.push({ kind: "span", span: parent });
  }
  return above;
}
