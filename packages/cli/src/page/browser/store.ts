import type { State } from "./state.ts";

/** The one place where the page's state lies. What draws is told once a frame, however much changed in it. */
export interface Store {
  readonly state: State;
  readonly change: (part: Partial<State>) => void;
  /** Draws now, and again after each frame in which something changed. */
  readonly watch: (draw: (state: State, before: State | null) => void) => void;
}

export function createStore(initial: State): Store {
  const watchers: ((state: State, before: State | null) => void)[] = [];
  let state = initial;
  let drawn = initial;
  let isDue = false;

  const drawAll = (): void => {
    isDue = false;
    const before = drawn;
    drawn = state;
    for (const draw of watchers) draw(drawn, before);
  };

  return {
    get state() {
      return state;
    },
    change(part) {
      state = { ...state, ...part };
      if (isDue) return;
      isDue = true;
      requestAnimationFrame(drawAll);
    },
    watch(draw) {
      watchers.push(draw);
      draw(state, null);
    },
  };
}
