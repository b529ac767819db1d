import { element, span } from "../element.ts";
import { nodeOf } from "../model/selection.ts";
import { nodeName, type TreeRow, treeRows } from "../model/tree-rows.ts";
import type { State } from "../state.ts";
import { emptyState } from "./empty-state.ts";
import { createList } from "./list.ts";
import { figureNames, treeRow } from "./tree-row.ts";
import type { Surroundings, View } from "./view.ts";

/** Everything that was done, as what was done in what. */
export function treeView({ model, actions }: Surroundings): View {
  let rows: readonly TreeRow[] = [];
  let places: ReadonlyMap<string, number> = new Map();
  let found: ReadonlySet<number> = new Set();

  const selectRow = (index: number): void => {
    const node = rows[index]?.node;
    if (node?.kind === "turn") actions.selectTurn(node.turn);
    if (node?.kind === "span") actions.selectSpan(node.span);
  };
  const list = createList({
    name: "tree",
    label: "Spans of the session",
    kind: "tree",
    rowHeight: 26,
    select: selectRow,
    enter(index) {
      const row = rows[index];
      if (row) actions.setOpen(row.node, !row.isOpen);
    },
    fold(index, isOpen) {
      const row = rows[index];
      if (!row) return;
      if (row.hasChildren && row.isOpen !== isOpen) actions.setOpen(row.node, isOpen);
      else if (isOpen) selectRow(row.hasChildren ? index + 1 : index);
      else selectRow(rows.findLastIndex(({ level }, at) => at < index && level < row.level));
    },
    draw(element, index) {
      const row = rows[index];
      if (row) treeRow(model, row, element, found);
    },
  });

  const arrange = ({ open }: State): void => {
    rows = treeRows(model, (node) => open.has(nodeName(node)));
    places = new Map(rows.map(({ node }, index) => [nodeName(node), index]));
  };

  return {
    element:
      model.data.spans.length + model.data.turns.length > 0
        ? element("div", { class: "table" }, heading(), list.element)
        : emptyState("Nothing to show yet", "No turn of this session is known, and no span."),
    step: list.step,
    draw(state, before) {
      if (before?.open !== state.open) arrange(state);
      if (before?.found !== state.found) found = new Set(state.found);
      const node = nodeOf(state.selection);
      const index = node ? (places.get(nodeName(node)) ?? null) : null;
      list.update(rows.length, index, before?.selection !== state.selection);
    },
  };
}

function heading(): HTMLElement {
  return element(
    "div",
    { class: "row heading", "aria-hidden": "true" },
    element("span"),
    ...figureNames.map((name) => span(`cell ${name}`, name)),
  );
}
