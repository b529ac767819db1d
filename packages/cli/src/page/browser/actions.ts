import type { Place } from "../page-data.ts";
import { type Selection, nodesAbove, selectionOf, spanOf } from "./model/selection.ts";
import type { SessionModel } from "./model/session-model.ts";
import { nodeName, type TreeNode } from "./model/tree-rows.ts";
import type { State, ViewName } from "./state.ts";
import type { Store } from "./store.ts";

/** All that somebody can do on the page, by whatever key or click. */
export interface Actions {
  readonly show: (view: ViewName) => void;
  readonly selectSpan: (span: Place) => void;
  readonly selectTurn: (turn: number) => void;
  readonly selectSession: () => void;
  /** From where the selection is, forwards (1) or backwards (-1). */
  readonly stepTurn: (by: 1 | -1) => void;
  readonly stepError: (by: 1 | -1) => void;
  readonly stepFound: (by: 1 | -1) => void;
  readonly goToCause: () => void;
  readonly setOpen: (node: TreeNode, isOpen: boolean) => void;
  readonly openAll: (isOpen: boolean) => void;
  readonly change: (part: Partial<State>) => void;
}

export function createActions(
  model: SessionModel,
  store: Store,
  search: (query: string) => readonly Place[],
): Actions {
  const { data } = model;

  const select = (selection: Selection): void => {
    const { span } = selection;
    const above = span === null ? [] : nodesAbove(model, span).map(nodeName);
    const open = above.every((name) => store.state.open.has(name))
      ? store.state.open
      : new Set([...store.state.open, ...above]);
    store.change({ selection, open, contextRow: null });
  };

  const stepThrough = (places: readonly Place[], by: 1 | -1): void => {
    const { span, turn } = store.state.selection;
    const whole = spanOf(model, { span, turn });
    const here = whole ?? (turn === null ? -1 : (model.spansOf(turn)[0] ?? -1));
    const next =
      by > 0 ? places.find((place) => place > here) : places.findLast((place) => place < here);
    const around = by > 0 ? places[0] : places.at(-1);
    const target = next ?? around;
    if (target !== undefined) select(selectionOf(model, target));
  };

  return {
    show: (view) => {
      store.change({ view });
    },
    selectSpan: (span) => {
      select(selectionOf(model, span));
    },
    selectTurn: (turn) => {
      select({ turn, span: null });
    },
    selectSession() {
      select({ turn: null, span: null });
    },
    stepTurn(by) {
      const turn = (store.state.selection.turn ?? (by > 0 ? -1 : data.turns.length)) + by;
      if (turn >= 0 && turn < data.turns.length) select({ turn, span: null });
    },
    stepError: (by) => {
      stepThrough(model.errors, by);
    },
    stepFound: (by) => {
      stepThrough(store.state.found, by);
    },
    goToCause() {
      const here = spanOf(model, store.state.selection);
      const cause = here === null ? undefined : data.spans[here]?.cause;
      if (typeof cause === "number") select(selectionOf(model, cause));
    },
    setOpen(node, isOpen) {
      const open = new Set(store.state.open);
      if (isOpen) open.add(nodeName(node));
      else open.delete(nodeName(node));
      store.change({ open });
    },
    openAll(isOpen) {
      store.change({ open: isOpen ? allNodes(model) : new Set() });
    },
    change(part) {
      const { query } = part;
      store.change(query === undefined ? part : { ...part, found: search(query) });
    },
  };
}

/** Everything in the tree that could be open. */
export function allNodes({ data }: SessionModel): ReadonlySet<string> {
  return new Set([
    "outside",
    ...data.turns.map((_, turn) => nodeName({ kind: "turn", turn })),
    ...data.spans.map((_, span) => nodeName({ kind: "span", span })),
  ]);
}
