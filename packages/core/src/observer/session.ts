import type { Carrier } from "../vocabulary/carrier.ts";
import type { At, Key, Link, WorkKind } from "../vocabulary/event.ts";
import type { Labels } from "../config/config.ts";
import { type Body, given } from "./given.ts";
import { workAt } from "./openings.ts";
import type { Recordable } from "./recordable.ts";
import { asJson } from "./recordable.ts";
import { run } from "./run.ts";
import { Scope, type ScopeHost } from "./scope.ts";
import type { CarriedWorkOptions } from "./scope-options.ts";

/** Whose it is and what it is for. */
export interface OwnLabels extends Labels {
  readonly userId?: string;
}

export interface SessionOptions extends OwnLabels {
  /** The conversation or thread as your application names it. Absent: one is made, and marked inferred. */
  readonly id?: string;
  /** Nobody gave it that id: it is made of something else, as the id of its first message. */
  readonly inferred?: true;
  readonly framework?: string;
}

/** Its labels win over those of its session. */
export interface TurnOptions extends OwnLabels {
  /** Unique in the session, for each activation: one that resumes has a key of its own. */
  readonly key?: Key;
  readonly name?: string;
  readonly agent?: string;
  readonly input?: Recordable;
  /** When it began, where another library says so. Default: now. */
  readonly at?: At;
  /** 2, 3, … where it is tried again. */
  readonly attempt?: number;
  readonly trigger?: string;
  /** Trace context that came with the request. Absent: the active span's, where there is one. */
  readonly parent?: Carrier;
  readonly links?: readonly Link[];
  /** Goes on from an interrupt: the name it waits under, or true for the session's latest. */
  readonly resumes?: string | true;
}

/** A conversation. It has no end: nobody sees one. */
export class Session {
  readonly id: string;
  readonly #host: ScopeHost;
  readonly #labels: OwnLabels;

  constructor(host: ScopeHost, options: SessionOptions, labels: Labels) {
    this.#host = host;
    const { id, inferred, framework = "none", ...own } = options;
    this.id = id ?? host.newKey();
    this.#labels = { ...labels, ...own };
    host.recorder.emit({
      type: "session.started",
      session: this.id,
      source: "api",
      on: null,
      mark: "session",
      framework,
      ...this.#labels,
      ...(inferred || id === undefined ? { inferred: true } : {}),
    });
  }

  /** Work that goes on here from what another process, or a message, was a part of. The same process would open it in that scope. */
  work(kind: WorkKind, name: string, options: CarriedWorkOptions): Scope;
  work<Result>(
    kind: WorkKind,
    name: string,
    options: CarriedWorkOptions,
    body: Body<Scope, Result>,
  ): Result;
  work<Result>(
    kind: WorkKind,
    name: string,
    options: CarriedWorkOptions,
    body?: Body<Scope, Result>,
  ): Scope | Result {
    const place = { session: this.id, parent: options.parent, newKey: this.#host.newKey };
    const scope = new Scope(this.#host, workAt(place, kind, name, options));
    return body ? run(this.#host.active, scope, body) : scope;
  }

  /** From an input to the agent's answer, or to the point where somebody has to answer first. Says the session's labels again: they may be new. */
  turn(options?: TurnOptions): Scope;
  turn<Result>(body: Body<Scope, Result>): Result;
  turn<Result>(options: TurnOptions, body: Body<Scope, Result>): Result;
  turn<Result>(
    first: TurnOptions | Body<Scope, Result> = {},
    second?: Body<Scope, Result>,
  ): Scope | Result {
    const { options, body } = given(first, second);
    const { key, name, input, ...said } = options;
    const scope = new Scope(this.#host, {
      type: "turn.started",
      session: this.id,
      source: "api",
      key: key ?? this.#host.newKey(),
      name: name ?? "turn",
      ...this.#labels,
      ...said,
      ...(input === undefined ? {} : { input: asJson(input) }),
    });
    return body ? run(this.#host.active, scope, body) : scope;
  }
}
