import type { Actions } from "../actions.ts";
import { element, setAttributes, span } from "../element.ts";
import type { ViewName } from "../state.ts";
import type { View } from "./view.ts";

export interface Tab {
  readonly name: ViewName;
  readonly title: string;
  /** Beside the title; nothing where there is nothing to count. */
  readonly count?: string;
  /** Made when it is first shown, because some views have a whole session to lay out. */
  readonly make: () => View;
}

/** One view at a time. Only the one that is shown is drawn. */
export function tabs(all: readonly Tab[], actions: Actions): View {
  const parts = all.map(({ name, title, count, make }, index) => {
    const label = element(
      "button",
      { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `panel-${name}` },
      title,
      count === undefined ? null : span("count", count),
    );
    label.addEventListener("click", () => {
      actions.show(name);
    });
    label.addEventListener("keydown", (event) => {
      const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      const next = all[(index + step + all.length) % all.length];
      if (step === 0 || !next) return;
      event.stopPropagation();
      actions.show(next.name);
      document.getElementById(`tab-${next.name}`)?.focus();
    });
    const panel = element("div", {
      class: "panel",
      role: "tabpanel",
      id: `panel-${name}`,
      "aria-labelledby": `tab-${name}`,
    });
    let made: View | null = null;
    const view = (): View => {
      if (!made) panel.append((made = make()).element);
      return made;
    };
    return { name, label, panel, view };
  });
  let current: View | undefined;
  let last: ViewName | null = null;

  return {
    element: element(
      "main",
      {},
      element(
        "div",
        { class: "tabs", role: "tablist", "aria-label": "Views" },
        ...parts.map(({ label }) => label),
      ),
      ...parts.map(({ panel }) => panel),
    ),
    draw(state, before) {
      const shown = parts.find(({ name }) => name === state.view) ?? parts[0];
      for (const part of parts) {
        const isShown = part === shown;
        part.panel.hidden = !isShown;
        setAttributes(part.label, { "aria-selected": String(isShown), tabindex: isShown ? 0 : -1 });
      }
      current = shown?.view();
      current?.draw(state, last === state.view ? before : null);
      last = state.view;
    },
    step(by) {
      current?.step?.(by);
    },
    press: (key) => current?.press?.(key) ?? false,
  };
}
