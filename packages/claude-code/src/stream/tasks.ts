import type { EventDraft, Outcome } from "@spoor/core";
import { keep } from "../allowed.ts";
import { wordsOf } from "../content.ts";
import { fieldsOf, numberOf, textOf } from "../narrow.ts";
import {
  agentKey,
  endAgent,
  nameAgent,
  openAgent,
  rememberAgent,
  tellOutput,
  tellTask,
} from "../reduction/agents.ts";
import { endCall } from "../reduction/calls.ts";
import { at } from "../reduction/session.ts";
import type { Agent } from "../reduction/session.ts";
import { agentFacts } from "./facts.ts";
import type { Line, StreamSession } from "./reading.ts";

/** The subagent in whose lane the line was said, opened by it if nothing announced it. */
export function* agentOf(
  session: StreamSession,
  line: Line,
  spawner: string,
): Generator<EventDraft, Agent> {
  const task = textOf(line.message.agent_id);
  const agent = session.agents.get(spawner);
  if (agent !== undefined) {
    if (task !== undefined) yield* tellOwnId(session, agent, task);
    return agent;
  }
  const key = session.agentKeys.get(spawner);
  if (key !== undefined) {
    return rememberAgent(session, spawner, key, { task, resumed: true, since: session.latest });
  }
  const message = fieldsOf(line.message.message);
  const prompt = message["role"] === "user" ? wordsOf(message["content"]) : undefined;
  return yield* spawn(session, line, spawner, task, prompt);
}

/** One that is resumed under the tool call that spawned it is another piece of work, told from the first by its run. */
function* spawn(
  session: StreamSession,
  line: Line,
  spawner: string,
  task: string | undefined,
  prompt: string | undefined,
): Generator<EventDraft, Agent> {
  const { message, mark, ms } = line;
  const run = textOf(message.run_id);
  const resumed = session.agentKeys.has(spawner);
  const key = resumed ? `${agentKey(spawner)}:${run ?? mark}` : agentKey(spawner);
  session.agentKeys.set(spawner, key);
  return yield* openAgent(session, spawner, key, ms, {
    parent: spawner === task ? undefined : spawner,
    agent: textOf(message.subagent_type),
    input: prompt,
    native: keep(message, agentFacts),
    task,
    run,
    resumed,
    since: session.latest,
  });
}

/** Other tasks (a shell command that takes its time, a workflow) are no agents, and not told here. */
export const announcesAgent = ({ message }: Line): boolean =>
  message.task_type === "local_agent" && textOf(message.task_id) !== undefined;

export function* startAgent(session: StreamSession, line: Line): Iterable<EventDraft> {
  const task = textOf(line.message.task_id);
  const spawner = textOf(line.message.tool_use_id) ?? task;
  if (spawner === undefined) return;
  const prompt = textOf(line.message.prompt);
  const agent = session.agents.get(spawner);
  if (agent === undefined || isAnotherRun(agent, line)) {
    if (agent !== undefined) yield* endCall(session, agent.lane);
    yield* spawn(session, line, spawner, task, prompt);
    return;
  }
  if (task !== undefined) yield* tellOwnId(session, agent, task);
  if (prompt !== undefined) yield* tellTask(session, agent, prompt);
}

function* tellOwnId(session: StreamSession, agent: Agent, task: string): Iterable<EventDraft> {
  agent.task ??= task;
  if (agent.task === task) yield* nameAgent(session, agent, task);
}

function isAnotherRun(agent: Agent, { message }: Line): boolean {
  const run = textOf(message.run_id);
  return agent.ended && (run === undefined || run !== agent.run);
}

/** The agent that a task_updated or task_notification is about, the one that runs before those that have ended; undefined for other tasks. */
export function agentOfTask(session: StreamSession, { message }: Line): Agent | undefined {
  const named = session.agents.get(textOf(message.tool_use_id) ?? "");
  const task = textOf(message.task_id);
  const meant = [...session.agents.values()].filter(
    (agent) => agent === named || (task !== undefined && agent.task === task),
  );
  return meant.findLast(({ ended }) => !ended) ?? named ?? meant.at(-1);
}

/** A task_updated knows when an agent ended and why it failed, the notification after it what it had to say. */
export function* updateAgent(
  session: StreamSession,
  agent: Agent,
  line: Line,
): Iterable<EventDraft> {
  const patch = fieldsOf(line.message.patch);
  const outcome = outcomeOf(patch["status"] ?? line.message.status);
  if (outcome === undefined) return;
  const summary = textOf(line.message.summary);
  if (agent.ended) {
    if (outcome.status === "ok" && summary !== undefined) {
      yield* tellOutput(session, agent, line.mark, summary);
    }
    return;
  }
  if (session.turn === null) session.notified = agent.key;
  const words =
    outcome.status === "ok" ? { output: summary } : { detail: textOf(patch["error"]) ?? summary };
  yield* endAgent(session, agent, outcome, at(numberOf(patch["end_time"])), words);
}

function outcomeOf(status: unknown): Outcome | undefined {
  switch (status) {
    case "completed":
      return { status: "ok" };
    case "failed":
      return { status: "error", errorType: "agent_failed" };
    case "stopped":
    case "killed":
      return { status: "cancelled" };
    default:
      return undefined;
  }
}

/** Versions without task lines show only through the spawning tool's result that a foreground agent is done. */
export function* agentReturned(
  session: StreamSession,
  line: Line,
  spawner: string,
): Iterable<EventDraft> {
  const agent = session.agents.get(spawner);
  const result = fieldsOf(line.message.tool_use_result);
  if (agent === undefined || agent.ended || result["status"] !== "completed") return;
  const output = wordsOf(result["content"]);
  yield* endAgent(session, agent, { status: "ok" }, {}, { output });
}
