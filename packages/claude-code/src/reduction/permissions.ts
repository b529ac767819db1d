import type { DraftOf, EventDraft, JsonValue, Key } from "@spoor/core";
import { known, textOf } from "../narrow.ts";
import type { Fields } from "../narrow.ts";
import type { Moment, Session } from "./session.ts";

/** Whether a tool was kept from running, as its result says or as an earlier line did. */
export const isDenied = ({ denied }: Session, tool: Key, permission: Fields): boolean =>
  permission["decision"] === "reject" || denied.has(tool);

/** What a person decided, and what was refused by whomever, where no earlier line has told it. What the settings allow is no decision. */
export function* confirmDecision(
  session: Session,
  tool: Key,
  { mark }: Moment,
  permission: Fields,
  words: string | undefined,
): Iterable<EventDraft> {
  if (isDenied(session, tool, permission)) yield* deny(session, tool, mark, { why: words });
  else if (isPersonal(permission)) yield decision(session, tool, mark, "accept");
}

const isPersonal = ({ decision: choice, source }: Fields): boolean =>
  choice === "accept" && textOf(source)?.startsWith("user") === true;

/** Recorded once for each tool call, however many lines tell of it. */
export function* deny(
  session: Session,
  tool: Key,
  mark: string,
  said: { readonly why?: string | undefined; readonly native?: JsonValue | undefined } = {},
): Iterable<EventDraft> {
  if (session.denied.get(tool) === true) return;
  session.denied.set(tool, true);
  yield { ...decision(session, tool, mark, "reject"), ...known(said) };
}

const decision = (
  { head }: Session,
  on: Key,
  mark: string,
  choice: "accept" | "reject",
): DraftOf<"decision.made"> => ({
  ...head,
  type: "decision.made",
  on,
  mark,
  kind: "permission",
  choice,
});
