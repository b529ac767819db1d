import type { Place } from "../../page-data.ts";
import type { State } from "../state.ts";
import { callContexts } from "./call-contexts.ts";
import { absenceText, changedRows, type ContextRow, wholeRows } from "./context-rows.ts";
import type { SessionModel } from "./session-model.ts";

/** What is in the context view: the rows, or why there are none. */
export interface ContextShown {
  readonly call: Place | null;
  /** The call that a difference is held against; null: the conversation begins with this one, and all of it is new. */
  readonly before: Place | null;
  readonly rows: readonly ContextRow[];
  /** What is not known of a request that was put together; null where it was recorded. */
  readonly reconstructed: readonly string[] | null;
  readonly absent: string | null;
}

/** Works out what the view shows, from the call that is selected or the one that stands for the selected turn. */
export function contextShownIn(model: SessionModel): (state: State) => ContextShown {
  const contextOf = callContexts(model);
  let last: { readonly name: string; readonly shown: ContextShown } | null = null;

  const shownFor = ({ selection, compared }: State): ContextShown => {
    const call = callMeant(model, selection);
    const before = call === null ? null : callBefore(model, call, selection.span === call);
    const nothing = { call, before, rows: [], reconstructed: null };
    if (call === null) return { ...nothing, absent: noCallText(model, selection.turn) };
    const context = contextOf(call);
    if (typeof context === "string") return { ...nothing, absent: absenceText(context) };
    const reconstructed = context.reconstructed ?? null;
    const shown = { call, before, reconstructed, absent: null };
    if (!compared) return { ...shown, rows: wholeRows(model, context) };
    const earlier = before === null ? { call, messages: [] } : contextOf(before);
    if (typeof earlier === "string") return { ...nothing, absent: absenceText(earlier) };
    return { ...shown, rows: changedRows(model, earlier, context) };
  };

  return (state) => {
    const { turn, span } = state.selection;
    const name = `${turn} ${span} ${state.compared}`;
    if (last?.name !== name) last = { name, shown: shownFor(state) };
    return last.shown;
  };
}

function noCallText({ data }: SessionModel, turn: number | null): string {
  if (turn === null) return "No turn is selected.";
  return (data.turns[turn]?.modelCalls ?? 0) > 0
    ? "The model calls of this turn did not fit on this page."
    : "There is no model call in this turn.";
}

function callMeant(model: SessionModel, { turn, span }: State["selection"]): Place | null {
  if (span !== null && model.data.spans[span]?.kind === "model") return span;
  return turn === null ? null : (model.data.turns[turn]?.call ?? null);
}

/** Of a turn, the last call of the conversation in an earlier turn; of a call that is named, the one right before, and so where there is no other. */
function callBefore({ data }: SessionModel, call: Place, isNamed: boolean): Place | null {
  const { turn, context } = data.spans[call] ?? {};
  const rightBefore = context?.from ?? null;
  if (isNamed) return rightBefore;
  let earlier = rightBefore;
  while (earlier !== null && data.spans[earlier]?.turn === turn)
    earlier = data.spans[earlier]?.context?.from ?? null;
  return (
    earlier ??
    (data.turns[turn ?? -1]?.call === call && isSubagent(data, call) ? rightBefore : null)
  );
}

/** Its conversation is not the turn's own, so it does not go on from turn to turn. */
function isSubagent({ spans }: SessionModel["data"], call: Place): boolean {
  for (let above = spans[call]?.parent; above !== undefined; above = spans[above]?.parent)
    if (spans[above]?.kind === "tool") return true;
  return false;
}
