import { element, span } from "../element.ts";
import { spanOf } from "../model/selection.ts";
import { lineOf } from "../visible-text.ts";
import { excerptOf } from "../words.ts";
import { emptyState } from "./empty-state.ts";
import { createList } from "./list.ts";
import { kindSign } from "./marks-of-kind.ts";
import type { Surroundings, View } from "./view.ts";

/** What failed, in its order. */
export function errorsView({ model, actions }: Surroundings): View {
  const { data, errors, textAt } = model;
  const list = createList({
    name: "errors",
    label: "Errors",
    kind: "listbox",
    rowHeight: 26,
    select(index) {
      const place = errors[index];
      if (place !== undefined) actions.selectSpan(place);
    },
    enter: () => {
      actions.show("tree");
    },
    draw(row, index) {
      const failed = data.spans[errors[index] ?? -1];
      if (!failed) return;
      row.replaceChildren(
        span("cell figure", failed.turn === undefined ? "" : `turn ${failed.turn}`),
        element(
          "span",
          { class: "cell name" },
          kindSign(failed.kind),
          span("title", lineOf(failed.name, 80)),
        ),
        span("cell error", lineOf(failed.error?.type ?? "", 80)),
        span("cell note", excerptOf(textAt(failed.error?.message))),
      );
    },
  });
  return {
    element:
      errors.length > 0 ? list.element : emptyState("No errors", "Nothing in this session failed."),
    step: list.step,
    draw(state) {
      const place = spanOf(model, state.selection);
      const index = place === null ? -1 : errors.indexOf(place);
      list.update(errors.length, index < 0 ? null : index, true);
    },
  };
}
