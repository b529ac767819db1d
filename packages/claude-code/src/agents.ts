import type { EventDraft, Outcome } from "@spoor/core";
import { endCall } from "./calls.ts";
import { wordsOf } from "./content.ts";
import { fieldsOf, known, numberOf, only, textOf } from "./narrow.ts";
import { at, createLane, inferredAt, reach } from "./session.ts";
import type { Agent, Line, Session } from "./session.ts";

/** The subagent in whose lane the line was said, opened by it if nothing announced it. */
export function* agentOf(
  session: Session,
  line: Line,
  spawner: string,
): Generator<EventDraft, Agent> {
  const agent = session.agents.get(spawner);
  if (agent !== undefined) {
    agent.task ??= textOf(line.message.agent_id);
    return agent;
  }
  const message = fieldsOf(line.message.message);
  const prompt = message["role"] === "user" ? wordsOf(message["content"]) : undefined;
  return yield* openAgent(session, line, spawner, textOf(line.message.agent_id), prompt);
}

function* openAgent(
  session: Session,
  line: Line,
  spawner: string,
  task: string | undefined,
  prompt: string | undefined,
): Generator<EventDraft, Agent> {
  const key = `agent@${spawner}`;
  const kind = textOf(line.message.subagent_type);
  yield {
    ...session.head,
    type: "work.started",
    kind: "agent",
    key,
    name: kind ?? "agent",
    ...inferredAt(line.ms),
    ...(spawner === task ? {} : { parent: spawner }),
    ...known({ agent: kind, input: prompt, native: only(line.message, agentFacts) }),
  };
  const lane = createLane(key, session.latest);
  const agent = { key, lane, task, ended: false, hasOutput: false };
  session.agents.set(spawner, agent);
  return agent;
}

const agentFacts: ReadonlySet<string> = new Set([
  "agent_id",
  "description",
  "is_backgrounded",
  "parent_task_id",
  "run_id",
  "spawn_depth",
  "task_description",
  "task_id",
]);

/** Other tasks (a shell command that takes its time, a workflow) are no agents, and not told here. */
export const announcesAgent = ({ message }: Line): boolean =>
  message.task_type === "local_agent" && textOf(message.task_id) !== undefined;

export function* startAgent(session: Session, line: Line): Iterable<EventDraft> {
  const task = textOf(line.message.task_id);
  const spawner = textOf(line.message.tool_use_id) ?? task;
  if (spawner === undefined) return;
  const prompt = textOf(line.message.prompt);
  const agent = session.agents.get(spawner);
  if (agent === undefined) {
    yield* openAgent(session, line, spawner, task, prompt);
    return;
  }
  agent.task ??= task;
  if (prompt === undefined) return;
  yield { ...session.head, type: "span.amended", on: agent.key, mark: line.mark, input: prompt };
}

/** The agent that a task_updated or task_notification is about; undefined for other tasks. */
export function agentOfTask(session: Session, { message }: Line): Agent | undefined {
  const named = session.agents.get(textOf(message.tool_use_id) ?? "");
  const task = textOf(message.task_id);
  if (named !== undefined || task === undefined) return named;
  return [...session.agents.values()].find((agent) => agent.task === task);
}

/** A task_updated knows when an agent ended and why it failed, the notification after it what it had to say. */
export function* updateAgent(session: Session, agent: Agent, line: Line): Iterable<EventDraft> {
  const patch = fieldsOf(line.message.patch);
  const outcome = outcomeOf(patch["status"] ?? line.message.status);
  if (outcome === undefined) return;
  const summary = textOf(line.message.summary);
  if (!agent.ended) {
    const failure = textOf(patch["error"]) ?? summary;
    const output = outcome.status === "ok" ? summary : undefined;
    const detail = outcome.status === "ok" ? undefined : failure;
    yield* endAgent(session, agent, outcome, numberOf(patch["end_time"]), { output, detail });
  } else if (outcome.status === "ok" && summary !== undefined && !agent.hasOutput) {
    agent.hasOutput = true;
    yield {
      ...session.head,
      type: "span.amended",
      on: agent.key,
      mark: line.mark,
      output: summary,
    };
  }
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

interface LastWords {
  readonly output?: string | undefined;
  readonly detail?: string | undefined;
}

function* endAgent(
  session: Session,
  agent: Agent,
  outcome: Outcome,
  ms: number | undefined,
  words: LastWords,
): Iterable<EventDraft> {
  yield* endCall(session, agent.lane);
  agent.ended = true;
  agent.hasOutput = words.output !== undefined;
  reach(agent.lane, ms);
  if (session.turn !== null) reach(session.turn.lane, agent.lane.latest);
  yield {
    ...session.head,
    type: "work.ended",
    key: agent.key,
    outcome,
    ...(ms === undefined ? inferredAt(agent.lane.latest) : at(ms)),
    ...known(words),
  };
}

/** Versions without task lines show only through the spawning tool's result that a foreground agent is done. */
export function* agentReturned(
  session: Session,
  line: Line,
  spawner: string,
): Iterable<EventDraft> {
  const agent = session.agents.get(spawner);
  const result = fieldsOf(line.message.tool_use_result);
  if (agent === undefined || agent.ended || result["status"] !== "completed") return;
  const output = wordsOf(result["content"]);
  yield* endAgent(session, agent, { status: "ok" }, undefined, { output });
}
