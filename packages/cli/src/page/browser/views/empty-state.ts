import { element } from "../element.ts";

/** What stands where there is nothing to show: that there is nothing, and why. */
export const emptyState = (title: string, reason: string): HTMLElement =>
  element(
    "div",
    { class: "empty" },
    element("p", { class: "title" }, title),
    element("p", {}, reason),
  );
