import { element } from "../element.ts";
import type { ContextShown } from "../model/context-shown.ts";
import type { State } from "../state.ts";
import type { Surroundings, View } from "../views/view.ts";
import { partDetail } from "./part-detail.ts";
import { sessionDetail } from "./session-detail.ts";
import { spanDetail } from "./span-detail.ts";
import { turnDetail } from "./turn-detail.ts";

/** What is selected, in full. */
export function detailView(
  { model, actions }: Surroundings,
  contextShown: (state: State) => ContextShown,
): View {
  const body = element("aside", { class: "detail", "aria-label": "Detail", tabindex: 0 });

  const nodesFor = (state: State): readonly Node[] => {
    const { view, selection, contextRow } = state;
    const row =
      view === "context" && contextRow !== null ? contextShown(state).rows[contextRow] : null;
    if (row) return partDetail(model, actions, row);
    if (selection.span !== null) return spanDetail(model, actions, selection.span);
    if (selection.turn !== null) return turnDetail(model, actions, selection.turn);
    return sessionDetail(model);
  };

  return {
    element: body,
    draw(state, before) {
      const isSame =
        before !== null &&
        before.selection === state.selection &&
        before.contextRow === state.contextRow &&
        before.compared === state.compared &&
        (before.view === "context") === (state.view === "context");
      if (isSame) return;
      body.replaceChildren(...nodesFor(state));
      body.scrollTop = 0;
    },
  };
}
