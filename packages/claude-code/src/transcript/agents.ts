import type { EventDraft, JsonValue, Key } from "@spoor/core";
import { keep } from "../allowed.ts";
import { wordsOf } from "../content.ts";
import { fieldsOf, listOf, textOf } from "../narrow.ts";
import type { Fields } from "../narrow.ts";
import {
  agentKey,
  endAgent,
  nameAgent,
  openAgent,
  tellKind,
  tellOutput,
  tellTask,
} from "../reduction/agents.ts";
import { inferredAt } from "../reduction/session.ts";
import type { Agent } from "../reduction/session.ts";
import { agentFacts } from "./facts.ts";
import type { TranscriptLine } from "./native.ts";
import type { Line, Reading, TranscriptSession } from "./reading.ts";

/** The subagent who speaks, opened by its first line. In older versions it has no id, but each of its lines says which one it follows. */
export function* agentOf(
  reading: Reading,
  session: TranscriptSession,
  line: Line,
): Generator<EventDraft, Agent> {
  const name = textOf(line.native.agentId);
  const known = session.agents.get(name ?? textOf(line.native.parentUuid) ?? "");
  const agent = known ?? (yield* firstHeard(reading, session, line, name));
  session.agents.set(name ?? line.mark, agent);
  const prompt = promptIn(line);
  if (prompt !== undefined) yield* tellTask(session, agent, prompt);
  return agent;
}

/** The first line of an agent's is what it was asked. */
export function promptIn({ native }: Line): string | undefined {
  if (native.type !== "user" || (native.parentUuid ?? null) !== null) return undefined;
  return wordsOf(fieldsOf(native.message)["content"]);
}

function* firstHeard(
  reading: Reading,
  session: TranscriptSession,
  line: Line,
  name: string | undefined,
): Generator<EventDraft, Agent> {
  const prompt = promptIn(line);
  const metadata = reading.metadata.get(name ?? "");
  const parent = textOf(metadata?.toolUseId) ?? delegationOf(session, prompt);
  return yield* openAgent(
    session,
    name ?? line.mark,
    agentKey(parent ?? name ?? line.mark),
    line.ms,
    {
      parent,
      agent:
        textOf(metadata?.agentType) ??
        textOf(line.native.attributionAgent) ??
        session.delegations.get(parent ?? "")?.kind,
      input: prompt,
      native: factsOf(metadata, name),
      task: name,
      since: line.ms,
    },
  );
}

const factsOf = (
  metadata: TranscriptLine | undefined,
  name: string | undefined,
): JsonValue | undefined => keep({ ...metadata, agentId: name }, agentFacts);

/** Older versions do not say which tool use has spawned an agent, only what it was asked. */
function delegationOf(session: TranscriptSession, prompt: string | undefined): Key | undefined {
  if (prompt === undefined) return undefined;
  const taken = new Set(Array.from(session.agents.values(), ({ key }) => key));
  for (const [key, delegation] of session.delegations) {
    if (delegation.prompt === prompt && !taken.has(agentKey(key))) return key;
  }
  return undefined;
}

/** What lies beside an agent's transcript comes before it; where its lines came first, it still tells what spawned it. */
export function* readMetadata(reading: Reading, native: TranscriptLine): Iterable<EventDraft> {
  const name = textOf(native.agentId);
  if (name === undefined) return;
  reading.metadata.set(name, native);
  const spawner = textOf(native.toolUseId);
  if (spawner === undefined) return;
  for (const session of reading.sessions.values()) {
    const agent = session.agents.get(name);
    if (agent === undefined) continue;
    yield* tellSpawner(session, agent, spawner);
    yield* tellKind(session, agent, spawner, textOf(native.agentType));
  }
}

function* tellSpawner(
  session: TranscriptSession,
  agent: Agent,
  spawner: Key,
): Iterable<EventDraft> {
  const key = agentKey(spawner);
  if (agent.key === key || agent.aliased) return;
  agent.aliased = true;
  const { head } = session;
  yield {
    ...head,
    type: "span.amended",
    on: agent.key,
    mark: "alias",
    alias: key,
    parent: spawner,
  };
}

/** Another agent is asked for something. */
export function delegate(session: TranscriptSession, { ms }: Line, block: unknown): void {
  const { type, id, name, input } = fieldsOf(block);
  const key = textOf(id);
  if (type !== "tool_use" || key === undefined || (name !== "Agent" && name !== "Task")) return;
  const { subagent_type: kind, prompt } = fieldsOf(input);
  session.delegations.set(key, { kind: textOf(kind), prompt: textOf(prompt), ms });
}

/**
 * What the spawning tool returned tells which agent it was, and that one in the foreground is done. Its own lines may stand in a file that
 * says no more than the agent's id, or in none that is left.
 */
export function* agentReturned(
  session: TranscriptSession,
  line: Line,
  spawner: Key,
): Iterable<EventDraft> {
  const delegation = session.delegations.get(spawner);
  session.delegations.delete(spawner);
  const result = fieldsOf(line.native.toolUseResult);
  const name = textOf(result["agentId"]);
  let agent = agentNamed(session, name, spawner);
  if (agent === undefined) {
    if (name === undefined) return;
    agent = yield* openAgent(session, name, agentKey(spawner), delegation?.ms, {
      parent: spawner,
      agent: textOf(result["agentType"]) ?? delegation?.kind,
      input: textOf(result["prompt"]) ?? delegation?.prompt,
      native: factsOf(undefined, name),
      task: name,
      since: delegation?.ms,
    });
  }
  yield* tellSpawner(session, agent, spawner);
  yield* tellKind(session, agent, spawner, textOf(result["agentType"]) ?? delegation?.kind);
  if (name !== undefined) yield* nameAgent(session, agent, name);
  if (!isCompleted(result)) return;
  const output = wordsOf(listOf(result["content"]).filter(isOfTheAgent));
  yield* endAgent(session, agent, { status: "ok" }, inferredAt(line.ms), { output });
  if (output !== undefined) yield* tellOutput(session, agent, line.mark, output);
}

function agentNamed(
  session: TranscriptSession,
  name: string | undefined,
  spawner: Key,
): Agent | undefined {
  const named = session.agents.get(name ?? "");
  const key = agentKey(spawner);
  return named ?? [...session.agents.values()].find((agent) => agent.key === key);
}

/** Older versions have no word for it, and only one in the foreground says how long it took. */
const isCompleted = ({ status, totalDurationMs }: Fields): boolean =>
  status === "completed" || (status === undefined && totalDurationMs !== undefined);

/** The program wraps what an agent said in notes of its own. */
const isOfTheAgent = (block: unknown): boolean =>
  textOf(fieldsOf(block)["text"])?.startsWith("<tools-used-before-summary>") !== true;
