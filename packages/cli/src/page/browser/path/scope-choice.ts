import { element, setAttributes } from "../element.ts";

/** Whether the path of the turn that is selected is shown, or that of all turns. */
export function scopeChoice(choose: (isWhole: boolean) => void): {
  readonly element: HTMLElement;
  readonly draw: (isWhole: boolean) => void;
} {
  const choices = [
    { title: "This turn", isWhole: false },
    { title: "All turns", isWhole: true },
  ].map(({ title, isWhole }) => {
    const choice = element("button", { type: "button", class: "choice" }, title);
    choice.addEventListener("click", () => {
      choose(isWhole);
    });
    return { choice, isWhole };
  });
  return {
    element: element(
      "span",
      { class: "choices", role: "group", "aria-label": "Whose path is shown" },
      ...choices.map(({ choice }) => choice),
    ),
    draw(whole) {
      for (const { choice, isWhole } of choices)
        setAttributes(choice, { "aria-pressed": String(isWhole === whole) });
    },
  };
}
