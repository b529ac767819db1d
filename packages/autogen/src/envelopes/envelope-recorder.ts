import { randomUUID } from "node:crypto";
import {
  BoundedMap,
  type Carrier,
  type Key,
  type Observer,
  type Scope,
  type Session,
} from "@spoor/core";
import type { ActorEnvelope } from "./envelope.ts";
import { sessionOf } from "./place.ts";
import { readEnvelope } from "./read-envelope.ts";

/** Beside the observer: nothing here is needed to record, and each of it can be injected. */
export interface EnvelopeOptions {
  /**
   * Where the handling of a message stands in the tree. `link` (default): flat under the turn, linked to its sender; a message whose turn is not known
   * begins one in a trace of its own, linked to its sender. `parent`: under its sender, in the sender's trace; a conversation of many messages is
   * then as deep as it is long.
   */
  readonly relation?: "link" | "parent";
  /** What the session says it was recorded from. Default: `actors`. */
  readonly framework?: string;
  /** For messages without an id. Default: random UUIDs. */
  readonly newId?: () => string;
  /** What deadlines are compared with, in milliseconds since the epoch. Default: `Date.now`. */
  readonly clock?: () => number;
}

/** What only the message tells of the work on it. */
export interface Message {
  readonly turn: Key;
  readonly received: Carrier | null;
  readonly messageId: string | null;
}

/** The work that is going on where somebody asks. */
export interface InHand extends Message {
  readonly scope: Scope;
}

const rememberedSessions = 10_000;

/** What the verbs for envelopes share: of one observer, and of no other. */
export class EnvelopeRecorder {
  readonly observer: Observer;
  readonly relation: "link" | "parent";
  readonly clock: () => number;
  readonly #framework: string;
  readonly #newId: () => string;
  readonly #messages: WeakMap<Scope, Message> = new WeakMap();
  readonly #sessions: BoundedMap<string, Session> = new BoundedMap(rememberedSessions);
  #failures = 0;

  constructor(observer: Observer, options: EnvelopeOptions) {
    const { relation = "link", framework = "actors", newId = randomUUID } = options;
    this.observer = observer;
    this.relation = relation;
    this.#newId = newId;
    this.clock = options.clock ?? Date.now;
    this.#framework = framework;
  }

  /** How often something could not be recorded because the application's own objects or functions threw. */
  get failures(): number {
    return this.#failures;
  }

  /** What records may fail, and the agent goes on: `otherwise` is what it goes on with. */
  guarded<Result>(record: () => Result, otherwise: Result): Result {
    try {
      return record();
    } catch {
      this.#failures += 1;
      return otherwise;
    }
  }

  read(given: unknown): ActorEnvelope {
    return readEnvelope(given, () => this.guarded(this.#newId, randomUUID()));
  }

  /** Null: outside of all work. Of work that was opened by hand, the outermost is its turn. */
  inHand(): InHand | null {
    const scope = this.observer.active();
    if (!scope) return null;
    let outermost = scope;
    for (let at: Scope | null = scope; at; at = at.outer) {
      const message = this.#messages.get(at);
      if (message) return { ...message, scope };
      outermost = at;
    }
    return { scope, turn: outermost.key, received: null, messageId: null };
  }

  /** From now on this is work on that message, and so is all that is opened in it. */
  knows(scope: Scope, message: Message): void {
    this.#messages.set(scope, message);
  }

  /** Begins once here; that several processes say so is known as one saying. */
  sessionOf(envelope: ActorEnvelope): Session {
    const id = sessionOf(envelope);
    const known = this.#sessions.get(id);
    if (known) return known;
    const begun = this.observer.session({
      id,
      framework: this.#framework,
      ...(envelope.conversationId === undefined ? { inferred: true } : {}),
    });
    return this.#sessions.set(id, begun);
  }
}
