import type { EventDraft, Key } from "@spoor/core";
import {
  content,
  countOf,
  type Fields,
  jsonOf,
  nameOf,
  textOf,
  told,
} from "../../reading/narrow.ts";
import { askedOrAnswered } from "./feedback.ts";
import { noted } from "./noted.ts";
import { type Placed, said } from "./place.ts";

/** What happens at one moment within a scope. */
export function* marksOf(placed: Placed): Iterable<EventDraft> {
  const { event, id } = placed;
  const on = placed.on ?? null;
  const { fields, type } = event;
  const marked = { ...said(placed), on, mark: id };
  const checkpoint = textOf(fields["checkpoint_id"])?.slice(0, 200);
  switch (type) {
    case "human_feedback_requested":
    case "human_feedback_received":
    case "flow_input_requested":
    case "flow_input_received":
      yield* on === null ? [noted(placed)] : askedOrAnswered(placed, on);
      return;
    case "checkpoint_completed":
      yield checkpoint === undefined
        ? noted(placed)
        : {
            ...marked,
            type: "checkpoint.saved",
            checkpoint,
            ...told("after", afterOf(fields)),
            ...told("namespace", textOf(fields["branch"])?.slice(0, 200)),
            ...told("origin", textOf(fields["trigger"])?.slice(0, 200)),
          };
      return;
    case "checkpoint_failed":
      yield {
        ...marked,
        type: "checkpoint.refused",
        errorType: "error",
        ...content("detail", fields["error"]),
      };
      return;
    case "checkpoint_restore_completed":
      yield checkpoint === undefined
        ? noted(placed)
        : { ...marked, type: "checkpoint.restored", checkpoint };
      return;
    case "crew_test_result":
      yield* score(placed, "quality", fields["quality"]);
      return;
    case "hook_dispatched":
      yield* fields["outcome"] === "proceeded" ? [] : [hookDecided(placed, on)];
      return;
    case "plan_replan_triggered":
    case "plan_refinement":
    case "goal_achieved_early":
      yield {
        ...marked,
        type: "decision.made",
        kind: "plan",
        choice: type,
        ...content("why", fields["replan_reason"] ?? fields["refinements"]),
      };
      return;
    default:
      yield noted(placed);
  }
}

function* score(placed: Placed, name: string, value: unknown): Iterable<EventDraft> {
  const number = countOf(value);
  if (number === undefined) return;
  yield {
    ...said(placed),
    type: "score.given",
    on: placed.on ?? null,
    mark: placed.id,
    name,
    value: number,
  };
}

function hookDecided(placed: Placed, on: Key | null): EventDraft {
  const { fields } = placed.event;
  return {
    ...said(placed),
    type: "decision.made",
    on,
    mark: placed.id,
    kind: `hook ${nameOf(fields["interception_point"], "")}`.trim().slice(0, 200),
    choice: jsonOf(fields["outcome"]),
    ...content("why", fields["abort_reason"]),
  };
}

/** The first of a line names itself. */
function afterOf(fields: Fields): string | undefined {
  const after = textOf(fields["parent_id"]);
  return after === undefined || after === textOf(fields["checkpoint_id"])
    ? undefined
    : after.slice(0, 200);
}
