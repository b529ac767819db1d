import { AsyncLocalStorage } from "node:async_hooks";
import type { Observer } from "@spoor/core";
import type { ActorEnvelope, EnvelopeDraft } from "../envelopes/envelope.ts";
import type { EnvelopeOptions } from "../envelopes/envelope-recorder.ts";
import { observeEnvelopes, type ObservedEnvelopes } from "../envelopes/observe-envelopes.ts";

/** What an actor does with a message. What it returns answers a request, and is dropped otherwise. */
export type ActorHandler = (payload: unknown, envelope: ActorEnvelope) => unknown;

export interface SpawnOptions {
  readonly topics?: readonly string[];
}

export interface RuntimeOptions extends EnvelopeOptions {
  /** Hears what a handler threw when nobody waits for its answer; what it throws itself is lost. Default: the record is all that says it. */
  readonly onError?: (error: unknown, envelope: ActorEnvelope) => unknown;
}

/** What may be said of a message beyond whom it is for and what is in it. */
export type MessageOptions = Pick<
  EnvelopeDraft,
  "messageId" | "messageType" | "conversationId" | "sender" | "deadline"
>;

/** Actors in one process: each handles one message at a time, in the order they came, and all of it is recorded. */
export interface ActorRuntime {
  /** Throws where the name is taken: two actors of one name are one in the record. */
  spawn(name: string, handler: ActorHandler, options?: SpawnOptions): void;
  /** Later messages for it are dropped; those in its mailbox are still handled. */
  stop(name: string): void;
  /** Never throws: a message for nobody is recorded as dropped. */
  send(recipient: string, payload: unknown, options?: MessageOptions): void;
  publish(topic: string, payload: unknown, options?: MessageOptions): void;
  /** Resolves to what the actor returned; rejects with what it threw, and where there is no such actor. An actor that asks itself waits for ever. */
  request(recipient: string, payload: unknown, options?: MessageOptions): Promise<unknown>;
  /** Resolves when every mailbox is empty and every handler has ended. */
  idle(): Promise<void>;
  /** The same record, for messages that go over something else. */
  readonly envelopes: ObservedEnvelopes;
}

interface Actor {
  readonly handler: ActorHandler;
  readonly topics: ReadonlySet<string>;
  /** Settles when the last message that it got is handled. */
  last: Promise<void>;
}

/** Where an answer goes. Null: nobody waits. */
interface Asking {
  readonly answer: (envelope: ActorEnvelope) => void;
  readonly fail: (error: unknown) => void;
}

/** A runtime for actor code that has none. It is small on purpose: no supervision, no persistence, no bound on mailboxes. */
export function createActorRuntime(
  observer: Observer,
  { onError = () => {}, ...options }: RuntimeOptions = {},
): ActorRuntime {
  const envelopes = observeEnvelopes(observer, options);
  const actors = new Map<string, Actor>();
  const handling = new AsyncLocalStorage<string>();
  const open = new Set<Promise<void>>();

  const from = (given: MessageOptions): MessageOptions => {
    const sender = given.sender ?? handling.getStore();
    return sender === undefined ? given : { ...given, sender };
  };

  const handled = async (
    name: string,
    actor: Actor,
    envelope: ActorEnvelope,
    asking: Asking | null,
  ): Promise<void> => {
    try {
      await envelopes.handle(name, envelope, async () => {
        const result = await handling.run(name, () => actor.handler(envelope.payload, envelope));
        if (asking) envelopes.respond(envelope, { sender: name, payload: result }, asking.answer);
        return result;
      });
    } catch (error) {
      if (asking) asking.fail(error);
      else await told(error, envelope);
    }
  };

  const told = async (error: unknown, envelope: ActorEnvelope): Promise<void> => {
    try {
      await onError(error, envelope);
    } catch {
      return;
    }
  };

  const put = (name: string, envelope: ActorEnvelope, asking: Asking | null): boolean => {
    const actor = actors.get(name);
    if (!actor) return false;
    const delivery = actor.last.then(() => handled(name, actor, envelope, asking));
    actor.last = delivery;
    open.add(delivery);
    void delivery.then(() => open.delete(delivery));
    return true;
  };

  return {
    envelopes,
    spawn(name, handler, { topics = [] } = {}) {
      if (actors.has(name))
        throw new Error(
          `an actor named ${name} is there already: stop it first, or take another name`,
        );
      actors.set(name, { handler, topics: new Set(topics), last: Promise.resolve() });
    },
    stop(name) {
      actors.delete(name);
    },
    send(recipient, payload, given = {}) {
      envelopes.send({ ...from(given), recipient, payload }, (envelope) => {
        if (!put(recipient, envelope, null)) envelopes.dropped(envelope, "no actor of this name");
      });
    },
    publish(topic, payload, given = {}) {
      envelopes.publish({ ...from(given), topic, payload }, (envelope) => {
        const subscribers = [...actors].filter(
          ([name, { topics }]) => topics.has(topic) && name !== envelope.sender,
        );
        for (const [name] of subscribers) put(name, envelope, null);
        if (subscribers.length === 0) envelopes.dropped(envelope, "nobody listens on this topic");
      });
    },
    async request(recipient, payload, given = {}) {
      const answer = await envelopes.request(
        { ...from(given), recipient, payload },
        (envelope) =>
          new Promise<ActorEnvelope>((answer, fail) => {
            if (put(recipient, envelope, { answer, fail })) return;
            envelopes.dropped(envelope, "no actor of this name");
            fail(new Error(`there is no actor named ${recipient}: spawn it first`));
          }),
      );
      return answer.payload;
    },
    async idle() {
      while (open.size > 0) await Promise.all(open);
    },
  };
}
