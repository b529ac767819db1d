import type { Place } from "../../page-data.ts";
import type { Actions } from "../actions.ts";
import { element } from "../element.ts";
import type { SessionModel } from "../model/session-model.ts";
import { lineOf } from "../visible-text.ts";

/** A way to a span; null where there is none. */
export function spanLink(
  { data }: SessionModel,
  actions: Actions,
  place: Place | undefined,
): HTMLElement | null {
  const told = place === undefined ? undefined : data.spans[place];
  if (place === undefined || !told) return null;
  const name =
    told.kind === "turn" ? `turn ${told.turn ?? "?"}` : `${told.kind} ${lineOf(told.name, 60)}`;
  const link = element("button", { type: "button", class: "link" }, name);
  link.addEventListener("click", () => {
    actions.selectSpan(place);
  });
  return link;
}
