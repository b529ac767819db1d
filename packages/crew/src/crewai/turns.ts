import type { EventDraft, Key } from "@spoor/core";
import { errorTypeOf } from "./drafts/failure.ts";
import { waitOf } from "./drafts/feedback.ts";
import { type Placed, said } from "./drafts/place.ts";
import type { Bound } from "./families.ts";
import { given, nameOf, textOf } from "../reading/narrow.ts";
import { agentIn } from "./people.ts";

/** A kickoff is a turn, with the crew or the flow in it: what was kicked off can then be one activation of several. */
export const turnKey = (root: string): Key => `turn:${root}`;

/** `resumes`: the flow that goes on from a pause. */
export function startTurn(placed: Placed, resumes: string | undefined): EventDraft {
  const { fields } = placed.event;
  const { role } = agentIn(fields);
  return {
    ...said(placed),
    type: "turn.started",
    key: turnKey(placed.id),
    name: nameOf(textOf(fields["crew_name"]) ?? textOf(fields["flow_name"]) ?? role, "run"),
    ...given(fields["inputs"]),
    ...(resumes === undefined ? {} : { resumes: waitOf(resumes) }),
  };
}

/** What failed is told, and counted, where it happened: within. */
export function endTurn(placed: Placed, root: string, how: Bound["how"]): EventDraft {
  const { fields } = placed.event;
  const about = { ...said(placed), type: "turn.ended", key: turnKey(root) } as const;
  switch (how) {
    case "failed":
      return {
        ...about,
        outcome: { status: "error", errorType: errorTypeOf(fields), passedOn: true },
      };
    case "paused":
      return { ...about, outcome: { status: "suspended" } };
    case "cancelled":
      return { ...about, outcome: { status: "cancelled" } };
    default:
      return { ...about, outcome: { status: "ok" } };
  }
}

/** Of a kickoff that nobody has seen begin, as after a checkpoint that another process has saved: it lies in its turn, and its end tells its name. */
export function* unseenKickoff(placed: Placed, root: string): Iterable<EventDraft> {
  const { session, event } = placed;
  const { source } = said(placed);
  const name = textOf(event.fields["crew_name"]) ?? textOf(event.fields["flow_name"]);
  const named = name === undefined ? {} : { name: name.slice(0, 200) };
  const amended = { session, source, type: "span.amended", mark: "kickoff", ...named } as const;
  yield { ...amended, on: root, parent: turnKey(root) };
  yield { ...amended, on: turnKey(root) };
}
