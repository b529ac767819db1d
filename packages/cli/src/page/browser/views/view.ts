import type { Actions } from "../actions.ts";
import type { SessionModel } from "../model/session-model.ts";
import type { State } from "../state.ts";

/** What a view is made with. */
export interface Surroundings {
  readonly model: SessionModel;
  readonly actions: Actions;
}

/** A part of the page. It draws what the state says, and changes the state only by actions. */
export interface View {
  readonly element: HTMLElement;
  readonly draw: (state: State, before: State | null) => void;
  /** Moves its selection, for the keys that work wherever the focus is. */
  readonly step?: (by: 1 | -1) => void;
  /** Keys of its own; true: it knew the key. */
  readonly press?: (key: string) => boolean;
}
