import type { EventDraft, Key, Outcome } from "@spoor/core";
import { known, textOf } from "../narrow.ts";
import { agentKey } from "../reduction/agents.ts";
import type { Told } from "./reading.ts";

/** A subagent begins. Which tool use has spawned it is told later, where more than one may have. */
export function* beginAgent(told: Told): Iterable<EventDraft> {
  const { input, head, agent, session, event } = told;
  if (agent === null) return;
  const spawner = event.spawner ?? onlyOf(session.delegations);
  if (spawner !== undefined) session.delegations.delete(spawner);
  const kind = textOf(input.agent_type);
  yield {
    ...head,
    type: "work.started",
    kind: "agent",
    key: agent,
    name: kind ?? "agent",
    ...known({ agent: kind }),
  };
  yield* tellSpawner(told, spawner);
}

function onlyOf(keys: ReadonlySet<Key>): Key | undefined {
  const [only, another] = keys;
  return another === undefined ? only : undefined;
}

/** Work of the program's own (a compaction, say) ends like a subagent without a kind, and has not begun like one. */
export function* endAgent(told: Told, outcome: Outcome): Iterable<EventDraft> {
  const { input, head, agent } = told;
  if (agent === null || textOf(input.agent_type) === undefined) return;
  const words = textOf(input.last_assistant_message);
  yield {
    ...head,
    type: "work.ended",
    key: agent,
    outcome,
    ...known(outcome.status === "ok" ? { output: words } : { detail: words }),
  };
  yield* tellSpawner(told, told.event.spawner);
}

function* tellSpawner({ head, agent }: Told, spawner: Key | undefined): Iterable<EventDraft> {
  if (agent === null || spawner === undefined) return;
  yield {
    ...head,
    type: "span.amended",
    on: agent,
    mark: "spawner",
    parent: spawner,
    alias: agentKey(spawner),
  };
}
