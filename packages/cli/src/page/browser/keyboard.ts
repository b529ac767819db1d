import type { Actions } from "./actions.ts";
import { axisNames, type State } from "./state.ts";
import type { Tab } from "./views/tabs.ts";
import type { View } from "./views/view.ts";

/** What keys act on. */
export interface Keyed {
  readonly actions: Actions;
  readonly state: () => State;
  readonly tabs: readonly Tab[];
  readonly view: View;
  readonly searchInput: HTMLInputElement;
  /** Puts the focus back where the lines are. */
  readonly focusView: () => void;
}

/** The keys that work wherever the focus is, but where somebody types. */
export function listenToKeys({ actions, state, tabs, view, searchInput, focusView }: Keyed): void {
  const nextAxis = (): void => {
    const next = axisNames[(axisNames.indexOf(state().axis) + 1) % axisNames.length];
    if (next) actions.change({ axis: next });
  };
  const escape = (): void => {
    if (state().query === "") focusView();
    else {
      searchInput.value = "";
      actions.change({ query: "" });
    }
  };
  const keys: Readonly<Record<string, () => void>> = {
    j: () => view.step?.(1),
    k: () => view.step?.(-1),
    "]": () => actions.stepTurn(1),
    "[": () => actions.stepTurn(-1),
    e: () => actions.stepError(1),
    E: () => actions.stepError(-1),
    n: () => actions.stepFound(1),
    N: () => actions.stepFound(-1),
    u: () => actions.goToCause(),
    i: () => actions.selectSession(),
    o: () => actions.openAll(true),
    O: () => actions.openAll(false),
    t: nextAxis,
    x: () => actions.change({ compared: !state().compared, contextRow: null }),
    "/": () => {
      searchInput.focus();
      searchInput.select();
    },
    "?": () => actions.change({ helpShown: true }),
    Escape: escape,
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (state().helpShown) {
      if (event.key === "?") actions.change({ helpShown: false });
      return;
    }
    const tab = tabs[Number(event.key) - 1];
    const act = keys[event.key];
    if (isForView(event) && view.press?.(event.key)) event.preventDefault();
    else if (tab) {
      actions.show(tab.name);
      requestAnimationFrame(focusView);
    } else if (act) {
      event.preventDefault();
      act();
    }
  });
}

/** Arrows scroll what has the focus, where that is not the view. */
const isForView = ({ key, target }: KeyboardEvent): boolean =>
  !key.startsWith("Arrow") ||
  target === document.body ||
  (target instanceof Element && target.closest(".panel") !== null);

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
