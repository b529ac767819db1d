import { lastedText } from "../figures.ts";
import type { PageSpan } from "../../page-data.ts";
import { element } from "../element.ts";
import { lineOf } from "../visible-text.ts";

/** A line beside the pointer, about what is under it. */
export interface Tip {
  readonly element: HTMLElement;
  readonly show: (told: PageSpan | undefined, x: number, y: number) => void;
  readonly hide: () => void;
}

export function createTip(): Tip {
  const tip = element("div", { class: "tip", "aria-hidden": "true", hidden: true });
  return {
    element: tip,
    hide() {
      tip.hidden = true;
    },
    show(told, x, y) {
      tip.hidden = told === undefined;
      if (!told) return;
      const parts = [
        told.kind,
        lineOf(told.name, 60),
        lastedText(told.start, told.end, told.inferred !== undefined),
      ];
      tip.textContent = parts.filter((part) => part !== "").join("  ");
      const room = tip.parentElement?.clientWidth ?? 0;
      const isRight = x > room / 2;
      tip.style.left = isRight ? "auto" : `${x + 12}px`;
      tip.style.right = isRight ? `${room - x + 12}px` : "auto";
      tip.style.top = `${y + 14}px`;
    },
  };
}
