import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import type { Carrier, DraftOf, Key, Observer, Scope } from "@spoor/core";
import type { ActorEnvelope } from "./envelope.ts";
import { readEnvelope } from "./read-envelope.ts";

/** Beside the observer: nothing here is needed to record, and each of it can be injected. */
export interface EnvelopeOptions {
  /**
   * Where the handling of a message stands in the tree. `link` (default): flat under the turn, with its sender as its cause; a message whose
   * turn is not known begins one in a trace of its own, linked to its sender. `parent`: under its sender, in the sender's trace; a
   * conversation of many messages is then as deep as it is long.
   */
  readonly relation?: "link" | "parent";
  /** What the session says it was recorded from. Default: `actors`. */
  readonly framework?: string;
  /** For messages without an id. Default: random UUIDs. */
  readonly newId?: () => string;
  /** What deadlines are compared with, in milliseconds since the epoch. Default: `Date.now`. */
  readonly clock?: () => number;
}

/** The work that is going on where somebody asks. */
export interface InHand {
  readonly scope: Scope;
  /** Null: it was opened by hand, and only the observer knows its turn. */
  readonly turn: Key | null;
  readonly received: Carrier | null;
  readonly messageId: string | null;
}

interface Entered extends InHand {
  /** What was active in the observer when this began: what is another one now lies inside. */
  readonly outside: Scope | null;
}

type HostOfScopes = ConstructorParameters<typeof Scope>[0];

const rememberedSessions = 10_000;

/** What the verbs for envelopes share: of one observer, and of no other. */
export class EnvelopeRecorder {
  readonly observer: Observer;
  readonly relation: "link" | "parent";
  readonly clock: () => number;
  readonly host: HostOfScopes;
  readonly #framework: string;
  readonly #newId: () => string;
  readonly #entered: AsyncLocalStorage<Entered> = new AsyncLocalStorage();
  readonly #sessions: Set<string> = new Set();
  #failures = 0;

  constructor(observer: Observer, options: EnvelopeOptions) {
    const { relation = "link", framework = "actors", newId = randomUUID } = options;
    this.observer = observer;
    this.relation = relation;
    this.#newId = newId;
    this.clock = options.clock ?? Date.now;
    this.#framework = framework;
    this.host = { recorder: observer, active: new AsyncLocalStorage(), newKey: newId };
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

  /** Null: outside of all work. */
  inHand(): InHand | null {
    const entered = this.#entered.getStore() ?? null;
    const theirs = this.observer.active();
    if (theirs && theirs !== (entered?.outside ?? null))
      return { scope: theirs, turn: null, received: null, messageId: entered?.messageId ?? null };
    if (!entered) return null;
    const scope = this.host.active.getStore();
    return scope ? { ...entered, scope } : entered;
  }

  /** Runs a body with this in hand, and with nothing that was in hand around it. */
  within<Result>(hand: InHand, body: () => Result): Result {
    const entered = { ...hand, outside: this.observer.active() };
    return this.#entered.run(entered, () => this.host.active.run(hand.scope, body));
  }

  /** Said once a session here; that several processes say it is known as one saying. */
  begin(session: string, inferred: boolean): void {
    if (this.#sessions.has(session)) return;
    this.#sessions.add(session);
    if (this.#sessions.size > rememberedSessions) {
      const [oldest] = this.#sessions;
      if (oldest !== undefined) this.#sessions.delete(oldest);
    }
    const started: DraftOf<"session.started"> = {
      type: "session.started",
      session,
      source: "api",
      on: null,
      mark: "session",
      framework: this.#framework,
      ...(inferred ? { inferred: true } : {}),
    };
    this.observer.emit(started);
  }
}
