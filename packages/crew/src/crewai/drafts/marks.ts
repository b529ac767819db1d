import type { EventDraft, JsonObject, Key } from "@spoor/core";
import { content, countOf, type Fields, isText, jsonOf, nameOf, textOf, told } from "../narrow.ts";
import { askedOrAnswered } from "./feedback.ts";
import { type Placed, said } from "./place.ts";

/** What happens at one moment within a scope. */
export function* marksOf(placed: Placed): Iterable<EventDraft> {
  const { event, id } = placed;
  const on = placed.on ?? null;
  const { fields, type } = event;
  const marked = { ...said(placed), on, mark: id };
  switch (type) {
    case "human_feedback_requested":
    case "human_feedback_received":
    case "flow_input_requested":
    case "flow_input_received":
      yield* on === null ? [noted(placed)] : askedOrAnswered(placed, on);
      return;
    case "checkpoint_completed":
      yield {
        ...marked,
        type: "checkpoint.saved",
        checkpoint: checkpointOf(fields),
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
      yield { ...marked, type: "checkpoint.restored", checkpoint: checkpointOf(fields) };
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

const checkpointOf = (fields: Fields): string =>
  nameOf(fields["checkpoint_id"] ?? fields["location"], "checkpoint");

/** The first of a line names itself. */
function afterOf(fields: Fields): string | undefined {
  const after = textOf(fields["parent_id"]);
  return after === undefined || after === textOf(fields["checkpoint_id"])
    ? undefined
    : after.slice(0, 200);
}

/** A word that the vocabulary has none for. */
export function noted(placed: Placed): EventDraft {
  const { event, id } = placed;
  return {
    ...said(placed),
    type: "native.noted",
    on: placed.on ?? null,
    mark: id,
    name: event.type.slice(0, 200),
    ...content("native", plainFields(event.fields)),
  };
}

/** Objects of CrewAI's own, which hold the keys of its models. */
const live =
  /^(?:agent|agents|task|tasks|crew|flow|llm|eval_llm|tools?|callbacks|source|state|agent_info|guardrail|messages|_rec)$/;
const longest = 2000;

/** Numbers, and short texts that are no object in Python's notation: the rest of what is not known is not looked at. */
function plainFields(fields: Fields): JsonObject | undefined {
  const plain = Object.entries(fields).filter(
    ([name, value]) =>
      !live.test(name) &&
      !envelope.has(name) &&
      (typeof value === "number" ||
        typeof value === "boolean" ||
        (isText(value) && isPlain(value))),
  );
  return plain.length === 0 ? undefined : (Object.fromEntries(plain) as JsonObject);
}

const isPlain = (text: string): boolean =>
  text !== "" && text.length <= longest && !/\w+=['"(<\w]|<[\w.]+ object at /.test(text);

const envelope: ReadonlySet<string> = new Set([
  "type",
  "timestamp",
  "event_id",
  "parent_event_id",
  "started_event_id",
  "previous_event_id",
  "triggered_by_event_id",
  "emission_sequence",
  "source_type",
  "source_fingerprint",
  "fingerprint_metadata",
  "task_name",
]);
