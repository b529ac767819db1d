import type { Actions } from "../actions.ts";
import { element, setAttributes } from "../element.ts";
import { type AxisName, axisNames } from "../state.ts";

const titles: Readonly<Record<AxisName, string>> = {
  time: "Clock",
  working: "Without waiting",
  order: "In order",
};

/** What the axis shows, for somebody to choose. Without times there is nothing to choose. */
export function axisChoice(
  actions: Actions,
  hasTimes: boolean,
): { readonly element: HTMLElement; readonly draw: (axis: AxisName) => void } {
  const choices = axisNames.map((name) => {
    const choice = element("button", { type: "button", class: "choice" }, titles[name]);
    choice.disabled = !hasTimes && name !== "order";
    choice.addEventListener("click", () => {
      actions.change({ axis: name });
    });
    return { name, choice };
  });
  return {
    element: element(
      "span",
      { class: "choices", role: "group", "aria-label": "What the axis shows" },
      ...choices.map(({ choice }) => choice),
    ),
    draw(axis) {
      for (const { name, choice } of choices)
        setAttributes(choice, { "aria-pressed": String(name === axis) });
    },
  };
}
