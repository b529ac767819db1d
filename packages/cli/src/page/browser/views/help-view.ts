import type { Actions } from "../actions.ts";
import { element } from "../element.ts";
import type { State } from "../state.ts";

const keys: readonly (readonly [string, readonly (readonly [keys: string, does: string])[]])[] = [
  [
    "Everywhere",
    [
      ["1 \u2026 7", "tree, timeline, path, turns, context, errors, findings"],
      ["j  k", "next, previous line"],
      ["]  [", "next, previous turn"],
      ["e  E", "next, previous error"],
      ["u", "to what caused this"],
      ["i", "the session as a whole"],
      ["/", "search; Enter next, Shift Enter previous"],
      ["n  N", "next, previous found"],
      ["Tab", "from pane to pane"],
      ["?", "these keys"],
      ["Esc", "close, or end the search"],
    ],
  ],
  [
    "Tree",
    [
      ["\u2192  \u2190", "open, close; into, out of"],
      ["Enter", "open or close"],
      ["o  O", "open, close all"],
    ],
  ],
  [
    "Timeline",
    [
      ["w  s", "closer, further away"],
      ["a  d", "earlier, later"],
      ["f  0", "fit the span, fit all"],
      ["\u2190 \u2192 \u2191 \u2193", "beside, above, below"],
      ["t", "another axis"],
    ],
  ],
  [
    "Path",
    [
      ["\u2190 \u2192 \u2191 \u2193", "from node to node"],
      ["Enter", "from visit to visit"],
      ["t", "this turn, or all turns"],
    ],
  ],
  ["Context", [["x", "all of it, or what changed"]]],
];

/** What every key does. */
export function helpView(actions: Actions): {
  readonly element: HTMLDialogElement;
  draw(state: State): void;
} {
  const dialog = element(
    "dialog",
    { class: "help", "aria-label": "Keys" },
    ...keys.map(([title, lines]) =>
      element(
        "section",
        {},
        element("h2", {}, title),
        element(
          "dl",
          {},
          ...lines.flatMap(([key, does]) => [
            element("dt", {}, element("kbd", {}, key)),
            element("dd", {}, does),
          ]),
        ),
      ),
    ),
  );
  dialog.addEventListener("close", () => actions.change({ helpShown: false }));
  dialog.addEventListener("click", () => {
    dialog.close();
  });
  return {
    element: dialog,
    draw({ helpShown }) {
      if (helpShown && !dialog.open) dialog.showModal();
      if (!helpShown && dialog.open) dialog.close();
    },
  };
}
