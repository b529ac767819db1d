import { countText, tokensText } from "@spoor/core/report/text";
import type { PageTurn } from "../../page-data.ts";
import { element, span } from "../element.ts";
import { excerptOf } from "../words.ts";
import { paidText } from "./costs.ts";
import { createList } from "./list.ts";
import { statusWord } from "./marks-of-kind.ts";
import { allTokens, mostTokens, usageBar } from "./usage-bar.ts";
import type { Surroundings, View } from "./view.ts";

/** The whole session at a glance: a bar and a line for each turn. */
export function outlineView({ model, actions }: Surroundings): View {
  const { turns } = model.data;
  const most = mostTokens(turns.map(({ usage }) => usage));
  const list = createList({
    name: "outline",
    label: "Turns",
    kind: "listbox",
    rowHeight: 46,
    select: actions.selectTurn,
    enter: () => {
      actions.show("tree");
    },
    draw(row, index) {
      const turn = turns[index];
      if (turn) row.replaceChildren(...turnRow(turn, index, most));
    },
  });

  function turnRow(turn: PageTurn, index: number, most: number): readonly Node[] {
    const said = excerptOf(model.textAt(turn.input), 120);
    return [
      element(
        "span",
        { class: "line" },
        span("number", String(index)),
        span("said", said),
        span("figure", figureOf(turn)),
      ),
      element("span", { class: "line" }, usageBar(turn.usage, most), ...badges(turn)),
    ];
  }

  return {
    element: list.element,
    step: list.step,
    draw(state, before) {
      const moved = before?.selection.turn !== state.selection.turn;
      list.update(turns.length, state.selection.turn, moved);
    },
  };
}

/** What it cost, else how many tokens it took; nothing where no model was called. */
function figureOf(turn: PageTurn): string {
  const { cost, usage, usageGrowing = false, modelCalls } = turn;
  if (cost.usd !== null || cost.reportedUsd !== null) return paidText(cost, !usageGrowing);
  return modelCalls === 0 ? "" : tokensText(allTokens(usage), usageGrowing);
}

function badges({
  status,
  errors,
  compactions,
  activations,
}: PageTurn): readonly (Node | string)[] {
  return [
    ...(errors > 0 ? [span("badge error", countText(errors, "error"))] : []),
    ...(errors === 0 ? [statusWord(status) ?? ""] : []),
    ...(compactions > 0 ? [span("badge", "compacted")] : []),
    ...(activations > 1 ? [span("badge", `\u21BB ${activations}`)] : []),
  ];
}
