import type { At, EventDraft, JsonValue, Key, Outcome } from "@spoor/core";
import { known } from "../narrow.ts";
import { endCall } from "./calls.ts";
import { createLane, inferredAt, reach } from "./session.ts";
import type { Agent, Session } from "./session.ts";
import { endOrphans } from "./tools.ts";

/** By the tool use that spawned it; where nobody has told that, by its own id. */
export const agentKey = (name: string): Key => `agent@${name}`;

/** What is known of a subagent when it is first heard of. */
export interface Spawned {
  /** The tool use that spawned it. */
  readonly parent?: Key | undefined;
  /** What kind of agent it is. */
  readonly agent?: string | undefined;
  readonly input?: JsonValue | undefined;
  readonly native?: JsonValue | undefined;
  /** Its own id. Hooks know no other. */
  readonly task?: string | undefined;
  readonly run?: string | undefined;
  /** It ran before under that id, which therefore is not its own alone. */
  readonly resumed?: boolean;
  /** Nothing can have happened in it before. */
  readonly since?: number | undefined;
}

/** `name`: what its lines are known by in this source. */
export function* openAgent(
  session: Session,
  name: string,
  key: Key,
  ms: number | undefined,
  { parent, agent, input, native, ...rest }: Spawned,
): Generator<EventDraft, Agent> {
  yield {
    ...session.head,
    type: "work.started",
    kind: "agent",
    key,
    name: agent ?? "agent",
    ...inferredAt(ms),
    ...known({ parent, agent, input, native }),
  };
  const opened = rememberAgent(session, name, key, rest);
  opened.hasInput = input !== undefined;
  opened.kind = agent;
  if (rest.task !== undefined) yield* nameAgent(session, opened, rest.task);
  return opened;
}

/** An agent that was named by what spawned it has an id of its own, too; or the other way round. Said once. */
export function* nameAgent(session: Session, agent: Agent, name: string): Iterable<EventDraft> {
  const alias = agentKey(name);
  if (agent.aliased || alias === agent.key) return;
  agent.aliased = true;
  yield { ...session.head, type: "span.amended", on: agent.key, mark: "alias", alias };
}

/** What kind it is, where that was not known when it began; said once, as what its spawner says of its beginning. */
export function* tellKind(
  session: Session,
  agent: Agent,
  spawner: Key,
  kind: string | undefined,
): Iterable<EventDraft> {
  const key = agentKey(spawner);
  if (agent.kind !== undefined || kind === undefined || agent.key === key) return;
  agent.kind = kind;
  yield {
    ...session.head,
    type: "work.started",
    kind: "agent",
    key,
    name: kind,
    parent: spawner,
    agent: kind,
  };
}

/** What it was asked to do, where that was not known when it began; said once. */
export function* tellTask(session: Session, agent: Agent, input: JsonValue): Iterable<EventDraft> {
  if (agent.hasInput) return;
  agent.hasInput = true;
  yield { ...session.head, type: "span.amended", on: agent.key, mark: "input", input };
}

/** One that was told of before. */
export function rememberAgent(
  session: Session,
  name: string,
  key: Key,
  { since, task, run, resumed = false }: Omit<Spawned, "agent" | "input" | "native" | "parent">,
): Agent {
  const lane = createLane(key, since);
  const agent: Agent = {
    key,
    lane,
    turn: session.turn,
    task,
    run,
    kind: undefined,
    aliased: resumed,
    ended: false,
    hasInput: false,
    hasOutput: false,
  };
  session.agents.set(name, agent);
  return agent;
}

/** Its last words, or what went wrong. */
export interface LastWords {
  readonly output?: JsonValue | undefined;
  readonly detail?: string | undefined;
}

/**
 * With it ends what goes on in its lane. One that came to its end had all its tools return, and where that has not been told yet, it will be;
 * of one that broke off nobody waits for more. `when`: as far as somebody has told.
 */
export function* endAgent(
  session: Session,
  agent: Agent,
  outcome: Outcome,
  when: { readonly at?: At },
  words: LastWords = {},
): Iterable<EventDraft> {
  yield* endCall(session, agent.lane);
  if (agent.ended) return;
  agent.ended = true;
  if (outcome.status !== "ok") yield* endOrphans(session, agent.key, agent.lane.latest);
  agent.hasOutput = words.output !== undefined;
  reach(agent.lane, when.at?.ms);
  if (session.turn !== null) reach(session.turn.lane, agent.lane.latest);
  yield {
    ...session.head,
    type: "work.ended",
    key: agent.key,
    outcome,
    ...(when.at === undefined ? inferredAt(agent.lane.latest) : when),
    ...known(words),
  };
}

/** What it had to say, where its end did not tell. */
export function* tellOutput(
  session: Session,
  agent: Agent,
  mark: string,
  output: string,
): Iterable<EventDraft> {
  if (agent.hasOutput) return;
  agent.hasOutput = true;
  yield { ...session.head, type: "span.amended", on: agent.key, mark, output };
}
