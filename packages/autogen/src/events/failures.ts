import { type EventDraft, type Key, unknownUsage } from "@spoor/core";
import { textOf } from "../messages/narrow.ts";
import { about } from "../messages/run.ts";
import { type AgentId, agentIdOf } from "./agent-id.ts";
import type { LogLine } from "./native.ts";
import type { Payload } from "./payload.ts";
import type { Team } from "./team.ts";

/** Of an agent that failed before it had said anything. `count`: of the run's failures, each of which ends it. */
export const failedKey = (run: string, agent: string, count: number): Key =>
  `failed:${run}:${agent}:${count}`;

/** An agent tells the group of its failure, which ends the run. Where it had said something, that turn of it failed; else it failed before. */
export function* failAgent(
  { logged, top }: Team,
  agent: AgentId,
  { errorType, detail }: NonNullable<Payload["error"]>,
  line: LogLine,
): Iterable<EventDraft> {
  const { run, clock } = logged;
  const open = run.agents.get(agent.name);
  const key = open?.key ?? failedKey(run.id, agent.name, (run.unnamed += 1));
  if (open === undefined)
    yield {
      ...about(run),
      type: "work.started",
      kind: "agent",
      key,
      name: agent.name,
      agent: agent.name,
      parent: top,
    };
  run.agents.delete(agent.name);
  logged.failure = { errorType };
  yield {
    ...about(run),
    ...clock.at(line),
    type: "work.ended",
    key,
    outcome: { status: "error", errorType },
    ...(detail === undefined ? {} : { detail }),
  };
}

/**
 * No text: the handler was cancelled, and what a call in flight used nobody counted. Of the others, those that only could not handle another's
 * failure are no failures, and the one that failed has told the group.
 */
export function* readException({ logged }: Team, line: LogLine): Iterable<EventDraft> {
  const agent = agentIdOf(line.fields["handling_agent"]);
  if (textOf(line.fields["exception"]) !== undefined || agent === null) return;
  const { run, clock } = logged;
  const at = clock.at(line);
  yield {
    ...about(run),
    ...at,
    type: "usage.reported",
    on: run.turn,
    mark: `cancelled:${agent.name}`,
    basis: "total",
    usage: unknownUsage,
    final: false,
  };
  const open = run.agents.get(agent.name);
  if (open === undefined) return;
  run.agents.delete(agent.name);
  yield {
    ...about(run),
    ...at,
    type: "work.ended",
    key: open.key,
    outcome: { status: "cancelled" },
  };
}
