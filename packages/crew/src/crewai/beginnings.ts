import type { EventDraft, Key } from "@spoor/core";
import { callKey, callStarted } from "./drafts/calls.ts";
import { waitOf } from "./drafts/feedback.ts";
import { type Placed, said } from "./drafts/place.ts";
import { toolStarted } from "./drafts/tools.ts";
import { workStarted } from "./drafts/work.ts";
import { type Family, isInnerFlow, kindOf } from "./families.ts";
import { type Known, taskName } from "./known.ts";
import { fieldsOf, textOf, told } from "../reading/narrow.ts";
import type { Identified } from "./older/identified.ts";
import { taskIn } from "./people.ts";
import { startTurn, turnKey } from "./turns.ts";

/** A scope begins: a span, unless it is one that only CrewAI itself needs. What lies in nothing was kicked off, and is a turn. */
export function* begin(known: Known, event: Identified, family: Family): Iterable<EventDraft> {
  const { scopes, sessions } = known;
  const { id } = event;
  const parent = scopes.placeFor(id, known.astray.placeOf(event, scopes));
  const session = sessions.of(event, id, parent, scopes);
  yield* sessions.announce(event, session);
  const isRoot = parent === undefined;
  const span = spanOf(event, family, isRoot);
  const [endedBy, failure] = [known.ended.get(id), undefined];
  const wasNamed = scopes.open({ id, family, session, parent, span, isRoot, endedBy, failure });
  const on = isRoot ? turnKey(id) : scopes.spanIn(parent);
  const placed: Placed = { event, session, id, on };
  const others = [...(wasNamed && span !== id ? [id] : []), ...(event.also ?? [])];
  for (const other of others) yield alsoCalled(placed, scopes.spanIn(id), other);
  if (isRoot) {
    sessions.turnStarted(turnKey(id), session);
    yield startTurn(placed, resumed(known, placed));
  }
  if (span === id || family === "llm_call") yield* beginSpan(known, placed, family, parent);
}

/** The span that things in a scope hang on. Null: that of what is around it, as with a model call, whose tools hang beside it. */
function spanOf({ id, fields }: Identified, family: Family, isRoot: boolean): Key | null {
  if (family === "llm_call") return isRoot ? turnKey(id) : null;
  const isThrough = kindOf(family) === "through" || isInnerFlow(family, fields["flow_name"]);
  return isThrough && !isRoot ? null : id;
}

/** What was told of this scope before it was seen hangs on what is around it. */
const alsoCalled = (placed: Placed, on: Key, alias: Key): EventDraft => ({
  session: placed.session,
  source: said(placed).source,
  type: "span.amended",
  on,
  mark: `also:${alias}`,
  alias,
});

function* beginSpan(
  known: Known,
  placed: Placed,
  family: Family,
  scope: string | undefined,
): Iterable<EventDraft> {
  const { event, session, id } = placed;
  switch (family) {
    case "llm_call": {
      const key = callKey(event, id) ?? id;
      known.calls.set(key, id);
      yield callStarted(placed, key);
      return;
    }
    case "tool_usage":
      yield toolStarted(placed, id, known.asked.called(event, scope));
      yield* known.handoffs.toolStarted(placed);
      return;
    case "method_execution":
      yield {
        ...workStarted(placed, family, id, undefined),
        ...told("causedBy", known.triggers.causeOf(placed)),
      };
      yield* takenUp(known, placed);
      return;
    default:
      yield {
        ...workStarted(placed, family, id, known.crews.get(id)),
        ...(family === "agent_execution" ? attemptOf(known, placed) : {}),
      };
  }
  if (family === "agent_execution") yield* known.handoffs.agentStarted(placed);
  const task = family === "task" ? taskIn(event.fields).id : undefined;
  if (task !== undefined) known.tasks.set(taskName(session, task), id);
}

/** An agent begins again in its task after a failure, or after a guardrail. Only where lines stand in the order of emission can that be counted. */
function attemptOf({ attempts }: Known, { event }: Placed): { readonly attempt?: number } {
  const { parent, about } = event;
  if (parent === undefined || about.process === undefined) return {};
  const attempt = (attempts.get(parent) ?? 0) + 1;
  attempts.set(parent, attempt);
  return attempt === 1 ? {} : { attempt };
}

/** A flow that goes on says so itself, or it is one that was seen to pause. */
function resumed({ waiting }: Known, { event }: Placed): string | undefined {
  const { resumes, flow } = event.about;
  if (resumes === undefined) return flow !== undefined && waiting.has(flow) ? flow : undefined;
  if (!waiting.has(resumes)) waiting.set(resumes, { method: undefined, since: undefined });
  return resumes;
}

/** The method that waited is told again when its flow goes on; its first beginning may be told late. */
function* takenUp({ waiting }: Known, placed: Placed): Iterable<EventDraft> {
  const { event, id } = placed;
  const flow = textOf(fieldsOf(event.fields["state"])["id"]);
  const waited = flow === undefined ? undefined : waiting.get(flow);
  if (flow === undefined || waited === undefined) return;
  const [at, since] = [event.timed.at?.ms, waited.since];
  const isEarlier = at !== undefined && since !== undefined && at < since;
  const isOther =
    waited.method !== undefined && textOf(event.fields["method_name"]) !== waited.method;
  if (isEarlier || isOther) return;
  waiting.delete(flow);
  yield { ...said(placed), type: "interrupt.resolved", on: id, mark: id, wait: waitOf(flow) };
}
