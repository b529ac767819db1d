import { BoundedMap, type EventDraft, type Key } from "@spoor/core";
import { agentIdOf } from "../../events/agent-id.ts";
import type { ActorEnvelope } from "../envelope.ts";
import { handlingKeyOf, turnKeyOf } from "../keys.ts";
import { inputOf } from "../message-facts.ts";
import { readTrail } from "../trail.ts";
import { source } from "./source.ts";
import type { Sender, ToldMessage, ToldMessages } from "./told-messages.ts";

/** A delivery of which a line tells, or of which it is the consequence. */
interface Delivered {
  readonly session: string;
  readonly messageId: string;
  readonly agent: string;
  readonly attempt: number;
  readonly line: ActorEnvelope;
}

interface Handling extends Sender {
  readonly agent: string;
}

const remembered = 100_000;

/** Which messages were handled, by whom: each handling is opened once, and placed as soon as lines tell in which turn its message was sent. */
export class Handlings {
  readonly #told: ToldMessages;
  readonly #all: BoundedMap<string, Handling> = new BoundedMap(remembered);
  /** By the message that they are about. */
  readonly #unplaced: BoundedMap<string, readonly Handling[]> = new BoundedMap(remembered);

  constructor(told: ToldMessages) {
    this.#told = told;
  }

  /** Opens it, where that was not said before. When it began nobody says: some time before it sent anything. */
  *open(delivered: Delivered): Generator<EventDraft, Sender> {
    const { session, messageId, agent, attempt, line } = delivered;
    const key = handlingKeyOf(messageId, agent, attempt);
    const name = JSON.stringify([session, key]);
    const known = this.#all.get(name);
    if (known) return known;
    const told = this.#told.find(messageId);
    const isOwn = line.messageId === messageId;
    const handling: Handling = { session, key, agent, turn: null, sentEarly: [] };
    if (told) handling.turn = yield* turnOf(messageId, told, agent);
    else if (!isOwn) handling.turn = readTrail(line.headers).turn;
    this.#all.set(name, handling);
    if (!told || handling.turn === null) this.#await(messageId, handling);
    yield {
      type: "work.started",
      kind: "agent",
      session,
      source,
      key,
      name: shownName(agent),
      agent: shownName(agent),
      ...(attempt > 1 ? { attempt } : {}),
      ...(isOwn ? inputOf(line) : {}),
      ...(handling.turn === null ? {} : { parent: handling.turn }),
      ...causeIn(session, told),
    };
    return handling;
  }

  /** A line tells of the message, or of the turn in which it was sent, after those of what it caused. */
  *place(messageId: string): Iterable<EventDraft> {
    const told = this.#told.find(messageId);
    const waiting = this.#unplaced.get(messageId) ?? [];
    this.#unplaced.delete(messageId);
    if (!told) return;
    for (const handling of waiting) {
      const { session, key, agent } = handling;
      if (told.session !== session) continue;
      const parent = handling.turn ?? (yield* turnOf(messageId, told, agent));
      if (parent === null) {
        this.#await(messageId, handling);
        continue;
      }
      yield {
        type: "span.amended",
        session,
        source,
        on: key,
        mark: JSON.stringify(["sender", messageId]),
        parent,
        ...causeIn(session, told),
      };
      handling.turn = parent;
      for (const sent of handling.sentEarly.splice(0)) yield* this.place(sent);
    }
  }

  #await(messageId: string, handling: Handling): void {
    this.#unplaced.set(messageId, [...(this.#unplaced.get(messageId) ?? []), handling]);
  }
}

/** That of its sender. What came from another conversation, or from nobody, begins one, linked to its sender. Null: not known yet. */
function* turnOf(
  messageId: string,
  { session, sender }: ToldMessage,
  agent: string,
): Generator<EventDraft, Key | null> {
  if (sender?.session === session) return sender.turn;
  const key = turnKeyOf(messageId);
  yield {
    type: "turn.started",
    session,
    source,
    key,
    name: shownName(agent),
    trigger: "message",
    ...(sender ? { links: [{ kind: "cause", session: sender.session, key: sender.key }] } : {}),
  };
  return key;
}

/** Of a sender in another session the link of the turn tells. */
function causeIn(session: string, told: ToldMessage | null): { readonly causedBy?: Key } {
  const { sender } = told ?? {};
  return sender?.session === session ? { causedBy: sender.key } : {};
}

const shownName = (agent: string): string => (agentIdOf(agent)?.name ?? agent).slice(0, 200);
