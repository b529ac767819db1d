import type { EventDraft, Key } from "@spoor/core";
import type { Item } from "./native.ts";
import { jsonOf, nameOf, timed } from "./narrow.ts";
import { about, type Activation, type Asked, callKey, idOf, type Run, turnKey } from "./run.ts";
import { answered, askedFor } from "./tools.ts";

/** How a witness tells of the model call that made an item. */
export type TellCall = (item: Item, key: Key, parent: Key) => Iterable<EventDraft>;

const passing: ReadonlySet<unknown> = new Set([
  "ModelClientStreamingChunkEvent",
  "UserInputRequestedEvent",
  "SelectorEvent",
]);

/** The manager of a team says who speaks next; it is no participant. */
const chosen = (run: Run, item: Item, id: string): EventDraft => ({
  ...about(run),
  ...timed(item.createdAt),
  type: "decision.made",
  on: turnKey,
  mark: id,
  kind: "speaker",
  choice: jsonOf(item.content),
});

/** Some versions lose type and content in their log: what no model call made says nothing then, and may have been a piece. */
const isBare = ({ type, content, byModel }: Item): boolean =>
  type === undefined && content === undefined && !byModel;

/** One item of a run, once: a nested team and its outer one publish the same ids. Pieces of a message that comes whole later say nothing. */
export function* readItem(run: Run, item: Item, tellCall: TellCall): Iterable<EventDraft> {
  if (passing.has(item.type) || isBare(item)) return;
  const id = idOf(item) ?? `#${(run.unnamed += 1)}`;
  if (run.seen.has(id)) return;
  run.seen.add(id);
  if (item.source === "user" && !item.byModel) {
    yield said(run, item, id, innermost(run), "message.received");
    return;
  }
  if (item.type === "SelectSpeakerEvent") {
    yield chosen(run, item, id);
    return;
  }
  const agent = yield* activationOf(run, item, id);
  if (item.byModel) yield* tellCall(item, callKey(id), agent.key);
  yield* readKind(run, item, id, agent);
}

function* readKind(run: Run, item: Item, id: string, agent: Activation): Iterable<EventDraft> {
  switch (item.type) {
    case "ToolCallRequestEvent":
      yield* askedFor(run, item, id, agent);
      return;
    case "ToolCallExecutionEvent":
      yield* answered(run, item, agent);
      return;
    case "HandoffMessage":
      yield {
        ...about(run),
        ...timed(item.createdAt),
        type: "handoff.made",
        on: agent.key,
        mark: id,
        to: nameOf(item.target, "unnamed"),
      };
      yield* leave(run, item, agent);
      return;
    default:
      if (item.content !== undefined) yield said(run, item, id, agent.key, "message.sent");
      // Without a type, which some versions lose in their log, an answer looks like what came before it.
      if (item.type?.endsWith("Event") === false) yield* leave(run, item, agent);
  }
}

/** Amid a tool call that only one can have made, a task is that of the agent or team that the tool stands for. */
function innermost(run: Run): Key {
  const waiting = openCalls(run);
  return waiting.length === 1 ? (waiting[0]?.key ?? turnKey) : turnKey;
}

const openCalls = (run: Run): readonly Asked[] =>
  [...run.agents.values()].flatMap(({ asked }) => asked.filter((call) => !call.answered));

/** An agent that a tool of the same name stands for works within that tool call. */
function* activationOf(run: Run, item: Item, id: string): Generator<EventDraft, Activation> {
  const open = run.agents.get(item.source);
  if (open !== undefined) return open;
  const caller = openCalls(run).find((call) => call.name === item.source);
  const agent: Activation = { key: `agent:${id}`, asked: [] };
  run.agents.set(item.source, agent);
  run.latest.set(item.source, agent.key);
  const name = nameOf(item.source, "agent");
  yield {
    ...about(run),
    type: "work.started",
    kind: "agent",
    key: agent.key,
    name,
    agent: name,
    parent: caller?.key ?? turnKey,
  };
  return agent;
}

function* leave(run: Run, item: Item, agent: Activation): Iterable<EventDraft> {
  run.agents.delete(item.source);
  yield {
    ...about(run),
    ...timed(item.createdAt),
    type: "work.ended",
    key: agent.key,
    outcome: { status: "ok" },
    ...(item.content === undefined ? {} : { output: jsonOf(item.content) }),
  };
}

function said(
  run: Run,
  item: Item,
  id: string,
  on: Key,
  type: "message.sent" | "message.received",
): EventDraft {
  const role = type === "message.sent" ? "assistant" : "user";
  return {
    ...about(run),
    ...timed(item.createdAt),
    type,
    on,
    mark: id,
    role,
    content: jsonOf(item.content),
  };
}
