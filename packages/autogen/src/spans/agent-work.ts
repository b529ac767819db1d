import type { EventDraft, Key, Usage } from "@spoor/core";
import { type Item, requestsIn } from "../messages/native.ts";
import { agentKey, callKey, idOf } from "../messages/run.ts";
import { about, type Scene } from "./scene.ts";

interface ToldCall {
  readonly key: Key;
  readonly usage: Usage | undefined;
}

/**
 * An agent's turn in a team, with what its runtime says that it published. The messages of a run and its log name agents, calls and tools after these
 * messages; here it is told that both are one.
 */
export interface AgentWork {
  readonly scene: Scene;
  /** Agents at work in it by name, itself among them, which no message has named yet. */
  readonly unnamed: Map<string, Key[]>;
  readonly calls: ToldCall[];
  readonly items: Item[];
  /** By the id of the call. Null: several have it, so it tells none of them. */
  readonly asked: Map<string, Key | null>;
  readonly tools: Map<string, Key>;
}

export const createAgentWork = (scene: Scene, name: string, key: Key): AgentWork => ({
  scene,
  unnamed: new Map([[name, [key]]]),
  calls: [],
  items: [],
  asked: new Map(),
  tools: new Map(),
});

/** Pieces of a message that comes whole later name nothing. */
const passing: ReadonlySet<unknown> = new Set([
  "ModelClientStreamingChunkEvent",
  "UserInputRequestedEvent",
  "SelectorEvent",
  "SelectSpeakerEvent",
]);

export function* publish(work: AgentWork, item: Item): Iterable<EventDraft> {
  const id = idOf(item);
  if (id === undefined || item.type === undefined || passing.has(item.type)) return;
  const agent = work.unnamed.get(item.source)?.shift();
  if (agent !== undefined) yield sameAs(work, agent, agentKey(id));
  if (item.type === "ToolCallRequestEvent") yield* ask(work, id, item);
  if (!item.byModel) return;
  const call = takeFirst(work.calls, (told) => isOf(told, item));
  if (call === undefined) work.items.push(item);
  else yield sameAs(work, call.key, callKey(id));
}

export function* addCall(
  work: AgentWork,
  key: Key,
  usage: Usage | undefined,
): Iterable<EventDraft> {
  const told = { key, usage };
  const item = takeFirst(work.items, (published) => isOf(told, published));
  const id = item === undefined ? undefined : idOf(item);
  if (id === undefined) work.calls.push(told);
  else yield sameAs(work, key, callKey(id));
}

export function* addTool(work: AgentWork, key: Key, callId: string): Iterable<EventDraft> {
  const asked = work.asked.get(callId);
  if (asked === undefined) work.tools.set(callId, key);
  else if (asked !== null) yield sameAs(work, key, asked);
}

export function addAgent({ unnamed }: AgentWork, name: string, key: Key): void {
  const keys = unnamed.get(name);
  if (keys) keys.push(key);
  else unnamed.set(name, [key]);
}

function* ask(work: AgentWork, id: string, item: Item): Iterable<EventDraft> {
  for (const [index, { id: callId }] of requestsIn(item).entries()) {
    if (callId === undefined) continue;
    const key = work.asked.has(callId) ? null : `tool:${id}:${index}`;
    work.asked.set(callId, key);
    const told = work.tools.get(callId);
    if (told !== undefined && key !== null) yield sameAs(work, told, key);
  }
}

/** Within one turn of one agent, the first call that used what the message says it used. */
function isOf({ usage }: ToldCall, { usage: said }: Item): boolean {
  if (usage === undefined || said === null) return usage === undefined && said === null;
  const prompt = (usage.input ?? 0) + (usage.cacheRead ?? 0) + (usage.cacheWrite ?? 0);
  return prompt === said.prompt && usage.output === said.completion;
}

function takeFirst<Thing>(things: Thing[], fits: (thing: Thing) => boolean): Thing | undefined {
  const index = things.findIndex(fits);
  return index < 0 ? undefined : things.splice(index, 1)[0];
}

const sameAs = ({ scene }: AgentWork, on: Key, alias: Key): EventDraft => ({
  ...about(scene),
  type: "span.amended",
  on,
  mark: "message",
  alias,
});
