import { lastedText } from "../figures.ts";
import { cachedText, countText, inputOf, tokensText } from "@spoor/core/report/text";
import type { PageTurn } from "../../page-data.ts";
import { element, span } from "../element.ts";
import { paidText } from "./costs.ts";
import { createList } from "./list.ts";
import { statusWord } from "./marks-of-kind.ts";
import { mostTokens, usageBar } from "./usage-bar.ts";
import type { Surroundings, View } from "./view.ts";

const figureNames = ["time", "calls", "tools", "in", "cached", "out", "cost"] as const;

/** What each turn used and cost, in columns. */
export function turnsView({ model, actions }: Surroundings): View {
  const { turns } = model.data;
  const most = mostTokens(turns.map(({ usage }) => usage));
  const list = createList({
    name: "turns",
    label: "Tokens and cost of each turn",
    kind: "listbox",
    rowHeight: 26,
    select: actions.selectTurn,
    enter: () => {
      actions.show("tree");
    },
    draw(row, index) {
      const turn = turns[index];
      if (turn) row.replaceChildren(...cells(turn, index, most));
    },
  });
  const heading = element(
    "div",
    { class: "row heading", "aria-hidden": "true" },
    span("cell", "turn"),
    element("span"),
    ...figureNames.map((name) => span(`cell ${name}`, name)),
    element("span"),
  );
  return {
    element: element("div", { class: "table" }, heading, list.element),
    step: list.step,
    draw(state, before) {
      const moved = before?.selection.turn !== state.selection.turn;
      list.update(turns.length, state.selection.turn, moved);
    },
  };
}

function cells(turn: PageTurn, index: number, most: number): readonly Node[] {
  const { usage, usageGrowing = false, errors, modelCalls } = turn;
  const tokens = [
    tokensText(inputOf(usage), usageGrowing),
    cachedText(usage),
    tokensText(usage.output, usageGrowing),
  ];
  const figures = [
    lastedText(turn.start, turn.end),
    String(modelCalls),
    String(turn.toolCalls),
    ...(modelCalls === 0 ? ["", "", ""] : tokens),
    paidText(turn.cost, !usageGrowing),
  ];
  return [
    span("cell figure", String(index)),
    usageBar(usage, most),
    ...figures.map((figure, place) => span(`cell figure ${figureNames[place]}`, figure)),
    errors > 0
      ? span("cell error", countText(errors, "error"))
      : (statusWord(turn.status) ?? span("", "")),
  ];
}
