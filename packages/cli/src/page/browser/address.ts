import type { SessionModel } from "./model/session-model.ts";
import { selectionOf } from "./model/selection.ts";
import { type State, viewNames } from "./state.ts";

/** What is shown, as it stands in the address: `#timeline/span/<id>`, `#tree/turn/3`. A copy of the address leads there again. */
export function addressOf({ data }: SessionModel, { view, selection }: State): string {
  const span = selection.span === null ? undefined : data.spans[selection.span];
  if (span) return `#${view}/span/${encodeURIComponent(span.id)}`;
  return selection.turn === null ? `#${view}` : `#${view}/turn/${selection.turn}`;
}

/** What an address asks for; nothing for what it does not say or this page does not have. */
export function readAddress(
  model: SessionModel,
  address: string,
): Partial<Pick<State, "view" | "selection">> {
  const [view, kind, name = ""] = address.replace(/^#/, "").split("/");
  const known = viewNames.find((candidate) => candidate === view);
  const selection = kind === "turn" ? turnNamed(model, name) : spanNamed(model, name);
  return { ...(known ? { view: known } : {}), ...(selection ? { selection } : {}) };
}

function turnNamed({ data }: SessionModel, name: string): State["selection"] | null {
  const turn = Number(name);
  return name !== "" && data.turns[turn] ? { turn, span: null } : null;
}

function spanNamed(model: SessionModel, name: string): State["selection"] | null {
  const span = name === "" ? -1 : model.data.spans.findIndex(({ id }) => id === name);
  return span < 0 ? null : selectionOf(model, span);
}
