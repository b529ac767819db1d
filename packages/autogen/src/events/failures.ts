import { type EventDraft, unknownUsage } from "@spoor/core";
import { about, turnKey } from "../messages/run.ts";
import { textOf, timed } from "../messages/narrow.ts";
import { type AgentId, agentIdOf } from "./agent-id.ts";
import type { LogLine } from "./native.ts";
import type { LoggedRun, Payload } from "./team.ts";

/** An agent tells the group of its failure, which ends the run. Where it had said something, that turn of it failed; else it failed before. */
export function* failAgent(
  logged: LoggedRun,
  agent: AgentId,
  { errorType, detail }: NonNullable<Payload["error"]>,
  line: LogLine,
): Iterable<EventDraft> {
  const { run } = logged;
  const open = run.agents.get(agent.name);
  const key = open?.key ?? `failed:${agent.name}:${(run.unnamed += 1)}`;
  if (open === undefined)
    yield {
      ...about(run),
      type: "work.started",
      kind: "agent",
      key,
      name: agent.name,
      agent: agent.name,
      parent: turnKey,
    };
  run.agents.delete(agent.name);
  logged.failure = { errorType };
  yield {
    ...about(run),
    ...timed(line.writtenAt),
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
export function* readException(logged: LoggedRun, line: LogLine): Iterable<EventDraft> {
  const agent = agentIdOf(line.fields["handling_agent"]);
  if (textOf(line.fields["exception"]) !== undefined || agent === null) return;
  const { run } = logged;
  yield {
    ...about(run),
    ...timed(line.writtenAt),
    type: "usage.reported",
    on: turnKey,
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
    ...timed(line.writtenAt),
    type: "work.ended",
    key: open.key,
    outcome: { status: "cancelled" },
  };
}
