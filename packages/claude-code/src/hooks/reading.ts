import type { At, Key } from "@spoor/core";
import { textOf } from "../narrow.ts";
import { agentKey } from "../reduction/agents.ts";
import { promptKey } from "../reduction/turns.ts";
import type { HookEvent, HookInput } from "./native.ts";

/** What is remembered of the events so far. Every event tells enough by itself, so that a reader who has seen no other goes on from it. */
export interface Reading {
  readonly sessions: Map<string, HookSession>;
}

export interface HookSession {
  events: number;
  /** The turn that was told of last, for events of versions that do not name it. */
  turn: Key | null;
  /** Tools that began here and have not ended. */
  readonly tools: Set<Key>;
  /** Those of them that spawn a subagent, and have not been seen to. */
  readonly delegations: Set<Key>;
  /** Compactions of a turn, where there are several. */
  compactions: number;
}

/** An event with what every part of the translation asks of it. */
export interface Told {
  readonly input: HookInput;
  readonly event: HookEvent;
  readonly session: HookSession;
  /** What every draft of it starts with. */
  readonly head: { readonly session: string; readonly source: "hook"; readonly at?: At };
  /** Tells it from its like. */
  readonly mark: string;
  /** The turn that it happened in. */
  readonly turn: Key | null;
  /** The subagent that it happened in; null: the turn itself. */
  readonly agent: Key | null;
}

const mostSessions = 256;

/** Null: an event that names no session. */
export function read(reading: Reading, event: HookEvent): Told | null {
  const { input, at, toolUseId } = event;
  const id = textOf(input.session_id);
  if (id === undefined) return null;
  const session = sessionOf(reading, id);
  session.events += 1;
  const name = input.hook_event_name;
  const count = at === undefined ? `#${session.events}` : String(at);
  const mark = `${name}@${toolUseId ?? textOf(input.tool_use_id) ?? count}`;
  const prompt = textOf(input.prompt_id);
  const agent = textOf(input.agent_id);
  if (prompt !== undefined) goTo(session, promptKey(prompt));
  else if (name === "UserPromptSubmit") goTo(session, promptKey(mark));
  return {
    input,
    event,
    session,
    head: { session: id, source: "hook", ...(at === undefined ? {} : { at: { ms: at } }) },
    mark,
    turn: session.turn,
    agent: agent === undefined ? null : agentKey(agent),
  };
}

function goTo(session: HookSession, turn: Key): void {
  if (session.turn !== turn) session.compactions = 0;
  session.turn = turn;
}

function sessionOf({ sessions }: Reading, id: string): HookSession {
  const known = sessions.get(id);
  if (known !== undefined) return known;
  const [oldest] = sessions.size >= mostSessions ? sessions.keys() : [];
  if (oldest !== undefined) sessions.delete(oldest);
  const session: HookSession = {
    events: 0,
    turn: null,
    tools: new Set(),
    delegations: new Set(),
    compactions: 0,
  };
  sessions.set(id, session);
  return session;
}
