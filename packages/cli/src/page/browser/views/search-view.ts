import type { Actions } from "../actions.ts";
import { element } from "../element.ts";
import type { State } from "../state.ts";

/** Where a search is typed, and how many spans it found. */
export interface SearchView {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  readonly draw: (state: State) => void;
}

const waitMs = 120;

export function searchView(actions: Actions, leave: () => void): SearchView {
  const input = element("input", {
    type: "search",
    placeholder: "Search",
    "aria-label": "Search in names and in what was said",
    autocomplete: "off",
    spellcheck: "false",
  });
  const count = element("output", { class: "count" });
  let waiting = 0;
  const search = (): void => {
    clearTimeout(waiting);
    actions.change({ query: input.value });
  };
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, waitMs);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") {
      input.value = "";
      search();
      leave();
      return;
    }
    search();
    actions.stepFound(event.shiftKey ? -1 : 1);
  });
  return {
    element: element(
      "div",
      { class: "search", role: "search" },
      input,
      count,
      element("kbd", { "aria-hidden": "true" }, "/"),
    ),
    input,
    draw({ query, found }) {
      count.textContent =
        query === "" ? "" : found.length === 0 ? "none" : found.length.toLocaleString("en");
    },
  };
}
