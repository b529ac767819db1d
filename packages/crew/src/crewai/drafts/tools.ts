import type { DraftOf, EventDraft, Key } from "@spoor/core";
import {
  content,
  type Fields,
  fieldsOf,
  isText,
  nameOf,
  parsed,
  textOf,
  told,
} from "../../reading/narrow.ts";
import { agentIn } from "../people.ts";
import { failed } from "./failure.ts";
import { type Placed, said } from "./place.ts";

export function toolStarted(
  placed: Placed,
  key: Key,
  asked: { readonly causedBy: Key; readonly toolCallId: string | undefined } | undefined,
): DraftOf<"tool.started"> {
  const { fields } = placed.event;
  const agent = agentIn(fields).role;
  return {
    ...said(placed),
    type: "tool.started",
    key,
    name: nameOf(fields["tool_name"], "unnamed"),
    ...told("parent", placed.on),
    ...told("agent", agent?.slice(0, 200)),
    ...told("causedBy", asked?.causedBy),
    ...told("toolCallId", asked?.toolCallId?.slice(0, 200)),
    ...content("input", argumentsOf(fields)),
  };
}

/** Older versions write them as JSON text. */
export function argumentsOf({ tool_args: given }: Fields): unknown {
  return isText(given) ? (parsed(given) ?? given) : given;
}

/** A tool that does not exist, is used up or tells of its failure by itself has finished for CrewAI; `failure` says how it went. */
export function toolFinished(placed: Placed, key: Key): EventDraft {
  const { fields } = placed.event;
  const message = textOf(fieldsOf(fields["failure"])["message"]);
  return {
    ...said(placed),
    type: "tool.ended",
    key,
    ...(message === undefined
      ? { outcome: { status: "ok" } as const }
      : { outcome: failed(fields, false), detail: message }),
    ...content("output", fields["output"]),
  };
}

export const toolFailed = (placed: Placed, key: Key): EventDraft => ({
  ...said(placed),
  type: "tool.ended",
  key,
  outcome: failed(placed.event.fields, false),
  ...content("detail", placed.event.fields["error"]),
});

/** Arguments that are no JSON never become a tool call for CrewAI: all that is told is that it failed. */
export function* toolRefused(placed: Placed): Iterable<EventDraft> {
  const { id, event } = placed;
  const failure = fieldsOf(event.fields["failure"]);
  yield toolStarted(placed, id, undefined);
  yield {
    ...said(placed),
    type: "tool.ended",
    key: id,
    outcome: failed(event.fields, false),
    ...content("detail", failure["message"]),
  };
}

/** The failure of a tool call is told beside its end; only where its arguments could not be read there was none. */
export const wasRefused = ({ tool_args: given, failure }: Fields): boolean =>
  isText(given) && fieldsOf(failure)["reason"] === "invalid_input";

const delegations = /^(?:delegate[ _]work|ask[ _]question)[ _]to[ _]coworker$/i;

/** A coworker is asked by a tool of this name. */
export const isDelegation = (tool: unknown): boolean => delegations.test(textOf(tool) ?? "");
