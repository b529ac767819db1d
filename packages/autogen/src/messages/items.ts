import type { EventDraft, Key } from "@spoor/core";
import { parentElsewhere } from "./elsewhere.ts";
import type { Item } from "./native.ts";
import { jsonOf, nameOf, timed } from "./narrow.ts";
import { about, type Activation, agentKey, callKey, idOf, type Run } from "./run.ts";
import { caller, taskOf } from "./tasks.ts";
import { answered, askedFor } from "./tools.ts";

/** How a witness tells of the model call that made an item: true, or not at all. `cause`: the tool whose result it read. */
export type TellCall = (
  item: Item,
  key: Key,
  parent: Key,
  cause: Key | undefined,
) => Generator<EventDraft, boolean>;

const passing: ReadonlySet<unknown> = new Set([
  "ModelClientStreamingChunkEvent",
  "UserInputRequestedEvent",
  "SelectorEvent",
]);

/** Some versions lose type and content in their log: what no model call made says nothing then, and may have been a piece. */
const isBare = ({ type, content, byModel }: Item): boolean =>
  type === undefined && content === undefined && !byModel;

/** One item of a run, once: a nested team and its outer one publish the same ids. Pieces of a message that comes whole later say nothing. */
export function* readItem(
  run: Run,
  item: Item,
  tellCall: TellCall,
  top: Key = run.top,
): Iterable<EventDraft> {
  if (passing.has(item.type) || isBare(item)) return;
  const id = idOf(item) ?? `${run.id}#${(run.unnamed += 1)}`;
  if (run.seen.has(id)) return;
  run.seen.add(id);
  if (item.source === "user" && !item.byModel) {
    yield said(run, item, id, taskOf(run, item), "message.received");
    return;
  }
  if (item.type === "SelectSpeakerEvent") {
    if (!isChosenInLog(run, id)) yield chosen(run, item, id, run.top);
    return;
  }
  if (item.type === "StopMessage") {
    yield termination(run, item.content, item.createdAt);
    return;
  }
  if (isOfManager(run, item)) {
    yield said(run, item, id, run.top, "message.sent");
    return;
  }
  const agent = yield* activationOf(run, item, id, top);
  if (item.byModel) {
    const isTold = yield* tellCall(item, callKey(id), agent.key, agent.tool);
    agent.call = isTold ? callKey(id) : undefined;
    agent.tool = undefined;
  }
  yield* readKind(run, item, id, agent);
}

/** The manager of a team says who speaks next; it is no participant. */
export const chosen = (run: Run, item: Item, id: string, on: Key): EventDraft => ({
  ...about(run),
  ...timed(item.createdAt),
  type: "decision.made",
  on,
  mark: id,
  kind: "speaker",
  choice: jsonOf(item.content),
});

/** The log knows which of the manager's calls has chosen. */
const isChosenInLog = ({ source, elsewhere }: Run, id: string): boolean =>
  source === "stream" && (elsewhere.logs.isChosen(id) || elsewhere.recorded.isChosen(id));

const isOfManager = ({ manager }: Run, { source }: Item): boolean =>
  source === manager || source === "MagenticOneOrchestrator";

/** Why a run stopped: its result says it, and in AutoGen 0.4 a message of its team. */
export const termination = (run: Run, why: unknown, at: string | undefined): EventDraft => ({
  ...about(run),
  ...timed(at),
  type: "decision.made",
  on: run.turn,
  mark: "stop",
  kind: "termination",
  choice: jsonOf(why),
});

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

/** An agent that a tool stands for works within that tool call. */
function* activationOf(
  run: Run,
  item: Item,
  id: string,
  top: Key,
): Generator<EventDraft, Activation> {
  const open = run.agents.get(item.source);
  if (open !== undefined) return open;
  const agent: Activation = { key: agentKey(id), asked: [], call: undefined, tool: undefined };
  const parent =
    parentElsewhere(run.elsewhere, run.session, agent.key) ?? caller(run, item.source)?.key ?? top;
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
    parent,
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
    ...(item.source === role ? {} : { from: nameOf(item.source, role) }),
    role,
    content: jsonOf(item.content),
  };
}
