import type { EventDraft, Key } from "@spoor/core";
import { readItem } from "../messages/items.ts";
import type { Item } from "../messages/native.ts";
import { timed } from "../messages/narrow.ts";
import { about } from "../messages/run.ts";
import type { AgentId } from "./agent-id.ts";
import { answerOf, keyOfCall, tellCall } from "./calls.ts";
import { counted, isClaimed, isOf, withoutCall } from "./claims.ts";
import type { LogLine } from "./native.ts";
import type { Team } from "./team.ts";

/** Of which agent it is told by the item that it makes: inside an agent that is a tool, the log names the outer one. */
export function* readTeamCall(team: Team, line: LogLine, agent: AgentId): Iterable<EventDraft> {
  const { logged, manager, top } = team;
  const { clock, run, like } = logged;
  const key = keyOfCall(line, (call) => counted(like, call));
  const place = { session: run.session, clock };
  if (agent.type === manager.type) {
    yield* tellCall({ ...place, parent: top, agent: manager.name }, key, line);
    team.choosing = { key, hasChosen: false };
    return;
  }
  const { recorded } = logged.elsewhere;
  const mayBeTwice = run.hasTwin || run.id.startsWith(`${manager.key}:`);
  const isTold = !mayBeTwice || recorded.sessionOf(key) !== null || !isClaimed(logged, line);
  if (isTold) yield* tellCall(place, key, line);
  const { prompt_tokens: prompt, completion_tokens: completion } = line.fields;
  const toolCallIds = answerOf(line.fields).asked.flatMap(({ id }) => id ?? []);
  logged.unclaimed.push({
    key: isTold ? key : null,
    agent: agent.type,
    prompt,
    completion,
    toolCallIds,
  });
}

/** An item that `sender` published, made by the first of its calls that is like it; where the item asks for tools by id, by the one that asked for these. */
export function* readPublished(
  { logged, top }: Team,
  item: Item,
  sender: AgentId,
  isTold: (call: Key) => boolean,
): Iterable<EventDraft> {
  const { run, clock, unclaimed } = logged;
  clock.hear(timed(item.createdAt).at?.ms);
  const readCall = function* (
    made: Item,
    key: Key,
    parent: Key,
    cause: Key | undefined,
  ): Generator<EventDraft, boolean> {
    const index = unclaimed.findIndex((call) => call.agent === sender.type && isOf(call, made));
    const [call] = index < 0 ? [] : unclaimed.splice(index, 1);
    if (call === undefined) {
      if (isTold(key)) return false;
      yield* withoutCall(run, made, key, parent);
      return true;
    }
    if (call.key === null) return false;
    yield {
      ...about(run),
      type: "span.amended",
      on: call.key,
      mark: "message",
      alias: key,
      parent,
      ...(cause === undefined ? {} : { causedBy: cause }),
    };
    return true;
  };
  yield* readItem(run, item, readCall, top);
}

/**
 * The agent has answered, with whatever it said last where that does not tell. What it called a model for without a word, as one that runs programs
 * does, was in its turn.
 */
export function* readAnswer(team: Team, agent: AgentId): Iterable<EventDraft> {
  team.asked.delete(agent.name);
  team.choosing = null;
  yield* placeCalls(team, agent);
  const { run } = team.logged;
  const open = run.agents.get(agent.name);
  if (open === undefined) return;
  run.agents.delete(agent.name);
  yield { ...about(run), type: "work.ended", key: open.key, outcome: { status: "ok" } };
}

/** Null: of any agent. */
export function* placeCalls({ logged, top }: Team, agent: AgentId | null): Iterable<EventDraft> {
  const { run, unclaimed } = logged;
  for (const call of unclaimed.filter((made) => agent === null || made.agent === agent.type)) {
    unclaimed.splice(unclaimed.indexOf(call), 1);
    if (call.key === null) continue;
    const parent = (agent && run.latest.get(agent.name)) ?? top;
    yield { ...about(run), type: "span.amended", on: call.key, mark: "turn", parent };
  }
}
