import type { EventDraft, Key } from "@spoor/core";
import { readItem } from "../messages/items.ts";
import { type Item, itemOf, itemsOf } from "../messages/native.ts";
import { fieldsOf, parsed, textOf, timed } from "../messages/narrow.ts";
import { about, createRun, idOf, type Run, startRun, turnKey } from "../messages/run.ts";
import { type AgentId, agentIdOf } from "./agent-id.ts";
import { answerOf, keyOfCall, tellCall } from "./calls.ts";
import type { LogLine } from "./native.ts";

/** A model call that no item has claimed yet. */
interface Unclaimed {
  readonly key: Key;
  readonly agent: string;
  readonly prompt: unknown;
  readonly completion: unknown;
  readonly toolCallIds: readonly string[];
}

/** A run that the log tells of; one inside another is told of by both, and is one run here. */
export interface LoggedRun {
  readonly run: Run;
  readonly source: "log";
  readonly session: string;
  readonly unclaimed: Unclaimed[];
  readonly like: Map<string, number>;
  /** Teams that are at work on it, the outermost first. */
  readonly teams: string[];
  /** An agent that failed, in its own words. */
  failure: { readonly errorType: string } | null;
}

export function* startLogged(
  session: string,
  manager: AgentId,
  first: Item | undefined,
): Generator<EventDraft, LoggedRun> {
  const run = createRun(session, "log");
  yield* startRun(run, first, manager.name.replace(/Manager$/, ""));
  return {
    run,
    source: "log",
    session,
    unclaimed: [],
    like: new Map(),
    teams: [manager.key],
    failure: null,
  };
}

/** Of which agent it is told by the item that it makes: inside an agent that is a tool, the log names the outer one. */
export function* readTeamCall(
  logged: LoggedRun,
  line: LogLine,
  agent: AgentId,
  isManager: boolean,
): Iterable<EventDraft> {
  const key = keyOfCall(line, (like) => {
    const count = (logged.like.get(like) ?? 0) + 1;
    logged.like.set(like, count);
    return count;
  });
  yield* tellCall(logged, key, line, isManager ? turnKey : undefined);
  if (isManager) return;
  const { prompt_tokens: prompt, completion_tokens: completion } = line.fields;
  const { toolCallIds } = answerOf(line.fields);
  logged.unclaimed.push({ key, agent: agent.type, prompt, completion, toolCallIds });
}

/** An item that `sender` published, made by the first of its calls that is like it; where the item asks for tools by id, by the one that asked for these. */
export function* readPublished(
  logged: LoggedRun,
  item: Item,
  sender: AgentId,
): Iterable<EventDraft> {
  yield* readItem(logged.run, item, function* (made, key, parent) {
    const index = logged.unclaimed.findIndex(
      (call) => call.agent === sender.type && isOf(call, made),
    );
    const [call] = index < 0 ? [] : logged.unclaimed.splice(index, 1);
    if (call === undefined) yield* withoutCall(logged.run, made, key, parent);
    else
      yield {
        ...about(logged.run),
        type: "span.amended",
        on: call.key,
        mark: "message",
        alias: key,
        parent,
      };
  });
}

function isOf(call: Unclaimed, { usage, content }: Item): boolean {
  const ids = (Array.isArray(content) ? content : []).flatMap(
    (request) => textOf(fieldsOf(request)["id"]) ?? [],
  );
  const counted = usage ?? { prompt: 0, completion: 0 };
  return (
    call.prompt === counted.prompt &&
    call.completion === counted.completion &&
    (call.toolCallIds.length === 0 ||
      ids.length === 0 ||
      ids.join("\n") === call.toolCallIds.join("\n"))
  );
}

/** What the log of this run has no call for was answered from a cache, or by a replay: the item repeats what an earlier call used, and nothing was used again. */
function* withoutCall(run: Run, item: Item, key: Key, parent: Key): Iterable<EventDraft> {
  const told = { ...about(run), ...timed(item.createdAt) };
  yield { ...about(run), type: "model.started", key, name: "model", parent };
  yield { ...told, type: "model.ended", key, outcome: { status: "ok" } };
  const usage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 };
  yield {
    ...told,
    type: "usage.reported",
    on: key,
    mark: "no call",
    basis: "call",
    usage,
    final: true,
  };
}

/**
 * The agent has answered, with whatever it said last where that does not tell. What it called a model for without a word, as one that runs programs
 * does, was in its turn.
 */
export function* readAnswer(logged: LoggedRun, agent: AgentId): Iterable<EventDraft> {
  yield* placeCalls(logged, agent);
  const { run } = logged;
  const open = run.agents.get(agent.name);
  if (open === undefined) return;
  run.agents.delete(agent.name);
  yield { ...about(run), type: "work.ended", key: open.key, outcome: { status: "ok" } };
}

/** Null: of any agent. */
function* placeCalls(logged: LoggedRun, agent: AgentId | null): Iterable<EventDraft> {
  const rest = logged.unclaimed.filter((call) => agent === null || call.agent === agent.type);
  for (const call of rest) {
    logged.unclaimed.splice(logged.unclaimed.indexOf(call), 1);
    const parent = (agent && logged.run.latest.get(agent.name)) ?? turnKey;
    yield { ...about(logged.run), type: "span.amended", on: call.key, mark: "turn", parent };
  }
}

export function* endLogged(logged: LoggedRun, line: LogLine): Iterable<EventDraft> {
  yield* placeCalls(logged, null);
  const { failure } = logged;
  yield {
    ...about(logged.run),
    ...timed(line.writtenAt),
    type: "turn.ended",
    key: turnKey,
    ...(failure === null
      ? { outcome: { status: "ok" } as const }
      : { outcome: { status: "error", errorType: failure.errorType, passedOn: true } as const }),
  };
}

/** What a message between the parts of a team holds. */
export interface Payload {
  /** A run starts with these, or (an empty list) goes on without a task. Null: it starts none. */
  readonly task: readonly Item[] | null;
  readonly item: Item | null;
  readonly answers: boolean;
  readonly error: { readonly errorType: string; readonly detail: string | undefined } | null;
}

export function payloadOf(text: unknown): Payload {
  const payload = fieldsOf(parsed(textOf(text) ?? ""));
  const error = fieldsOf(payload["error"]);
  const errorType = textOf(error["error_type"]);
  return {
    task: Object.hasOwn(payload, "messages") ? itemsOf(payload["messages"]) : null,
    item: itemOf(payload["message"]),
    answers: ["response", "agent_response", "result"].some((name) => Object.hasOwn(payload, name)),
    error:
      errorType === undefined
        ? null
        : { errorType: errorType.slice(0, 200), detail: textOf(error["error_message"]) },
  };
}

/** What a run is called: after its first message, as its stream is. */
export const sessionOfTask = (items: readonly Item[]): string | undefined =>
  items.flatMap((item) => idOf(item) ?? [])[0];

export const senderOf = (line: LogLine): AgentId | null => agentIdOf(line.fields["sender"]);
