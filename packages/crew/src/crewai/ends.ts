import type { EventDraft, Key } from "@spoor/core";
import { callCompleted, callFailed, callKey } from "./drafts/calls.ts";
import { saysTheSame } from "./drafts/failure.ts";
import { paused } from "./drafts/feedback.ts";
import { noted } from "./drafts/noted.ts";
import type { Placed } from "./drafts/place.ts";
import { toolFailed, toolFinished } from "./drafts/tools.ts";
import { verdictOf, workEnded, workFailed } from "./drafts/work.ts";
import { type Bound, type Family, isInnerFlow, kindOf } from "./families.ts";
import { type Known, taskName } from "./known.ts";
import type { CrewEvent } from "./native.ts";
import { textOf } from "../reading/narrow.ts";
import type { Identified } from "./older/identified.ts";
import { taskIn } from "./people.ts";
import type { Scope } from "./scopes.ts";
import { endTurn, turnKey, unseenKickoff } from "./turns.ts";

/** A scope ends. Which one, CrewAI says by the event that began it, and is wrong where its own bookkeeping was upset. */
export function* end(known: Known, event: Identified, bound: Bound): Iterable<EventDraft> {
  const { scopes, sessions, astray } = known;
  const { id } = event;
  const place = astray.placeOf(event, scopes);
  const session = sessions.of(event, id, place, scopes);
  yield* sessions.announce(event, session);
  const placed: Placed = { event, session, id, on: place && scopes.spanIn(place) };
  const ended = endedBy(known, placed, bound.family);
  if (ended === null) {
    yield noted(placed);
    return;
  }
  const { key, scope } = ended;
  if (isSecondTelling(event, bound, scope)) {
    astray.lost(event, scope?.parent);
  } else if (scope?.endedBy === undefined) {
    if (scope) scope.endedBy = id;
    else known.ended.set(key, id);
    astray.left(event, scope?.parent);
    yield* endScope(known, placed, bound, key, scope);
  } else if (scope.endedBy !== id && scope.span !== null) {
    // It went on after its end, as a kickoff does that is restored from a checkpoint: what came of that stands beside.
    yield noted({ ...placed, on: scope.span });
  }
}

function* endScope(
  known: Known,
  placed: Placed,
  bound: Bound,
  key: Key,
  scope: Scope | undefined,
): Iterable<EventDraft> {
  const { event, on } = placed;
  if (isThrough(bound.family, event, scope)) return;
  yield* endSpan(known, placed, bound, key, scope);
  const isUnseen = scope === undefined && on === undefined && bound.family !== "llm_call";
  if (isUnseen) yield* unseenKickoff(placed, key);
  if (scope?.isRoot !== true && !isUnseen) return;
  const root = scope?.id ?? key;
  known.sessions.turnEnded(turnKey(root));
  yield endTurn(placed, root, bound.how);
}

/** A failed call is told again right away: that comes after the first telling, and says that it ends something else. */
const isSecondTelling = (
  { id, started, previous }: Identified,
  { family, how }: Bound,
  scope: Scope | undefined,
): boolean =>
  family === "llm_call" &&
  how === "failed" &&
  typeof started === "string" &&
  started !== previous &&
  (scope === undefined ? previous !== undefined : started !== scope.id && scope.endedBy !== id);

const isThrough = (family: Family, event: CrewEvent, scope: Scope | undefined): boolean =>
  family === "llm_call"
    ? false
    : scope
      ? scope.span === null
      : kindOf(family) === "through" || isInnerFlow(family, event.fields["flow_name"]);

/** Null: nobody can tell. */
function endedBy(
  { scopes, calls, tasks }: Known,
  { event, session }: Placed,
  family: Family,
): { readonly key: Key; readonly scope: Scope | undefined } | null {
  if (family === "llm_call") {
    const key = callKey(event);
    return key === undefined ? null : { key, scope: scopes.find(calls.get(key)) };
  }
  const named = scopes.find(event.started);
  if (named === undefined && typeof event.started === "string")
    return { key: event.started, scope: undefined };
  const task = family === "task" ? taskIn(event.fields).id : undefined;
  const scope =
    (named && scopes.nearest(named.id, family)) ??
    (task === undefined ? undefined : scopes.find(tasks.get(taskName(session, task))));
  return scope === undefined ? null : { key: scope.id, scope };
}

function* endSpan(
  known: Known,
  placed: Placed,
  { family, how }: Bound,
  key: Key,
  scope: Scope | undefined,
): Iterable<EventDraft> {
  const { fields } = placed.event;
  if (how === "failed") {
    const error = textOf(fields["error"]) ?? "";
    yield familyFailed(placed, family, key, saysTheSame(scope?.failure, error));
    if (scope) known.scopes.fail(scope, error);
  } else if (how === "paused") {
    const flow = textOf(fields["flow_id"]);
    if (flow !== undefined) {
      const since = placed.event.timed.at?.ms;
      known.waiting.set(flow, { method: textOf(fields["method_name"]), since });
    }
    yield* paused(placed, key);
  } else if (family === "llm_call") {
    yield* callCompleted(placed, key, isCountedElsewhere(known, placed));
    known.asked.answered(placed.event, scope?.parent ?? placed.event.parent);
  } else if (family === "tool_usage") {
    yield toolFinished(placed, key);
  } else {
    if (family === "llm_guardrail") yield verdictOf(placed, key);
    yield workEnded(placed, family, key);
  }
  if (family === "method_execution") yield* known.triggers.ended(placed, key);
}

/** What its spans told of it in another session stands. */
function isCountedElsewhere({ elsewhere }: Known, { event, session }: Placed): boolean {
  const answer = { id: textOf(event.fields["response_id"]), ms: event.timed.at?.ms };
  const counted = elsewhere.countedIn(answer);
  return counted !== null && counted !== session;
}

function familyFailed(placed: Placed, family: Family, key: Key, passedOn: boolean): EventDraft {
  switch (family) {
    case "llm_call":
      return callFailed(placed, key);
    case "tool_usage":
      return toolFailed(placed, key);
    default:
      return workFailed(placed, key, passedOn);
  }
}
