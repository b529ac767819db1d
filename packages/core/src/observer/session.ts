import type { DraftOf, Key, Link } from "../vocabulary/event.ts";
import type { Carrier } from "../vocabulary/carrier.ts";
import type { JsonValue } from "../vocabulary/json.ts";
import type { Labels } from "./config.ts";
import { run } from "./run.ts";
import { Scope, type ScopeHost } from "./scope.ts";

export interface SessionOptions extends Labels {
  /** The conversation or thread as your application names it. Absent: one is made, and marked inferred. */
  readonly id?: string;
  readonly userId?: string;
  readonly framework?: string;
}

export interface TurnOptions {
  readonly key?: Key;
  readonly name?: string;
  readonly agent?: string;
  readonly input?: JsonValue;
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

  constructor(host: ScopeHost, options: SessionOptions, labels: Labels) {
    this.#host = host;
    const { id, userId, framework = "none", ...own } = options;
    this.id = id ?? host.newKey();
    host.recorder.emit({
      type: "session.started",
      session: this.id,
      source: "api",
      on: null,
      mark: "session",
      framework,
      ...labels,
      ...own,
      ...(userId === undefined ? {} : { userId }),
      ...(id === undefined ? { inferred: true } : {}),
    });
  }

  /** From an input to the agent's answer, or to the point where somebody has to answer first. */
  turn(options?: TurnOptions): Scope;
  turn<Result>(options: TurnOptions, body: (turn: Scope) => Result): Result;
  turn<Result>(options: TurnOptions = {}, body?: (turn: Scope) => Result): Scope | Result {
    const { key, name, ...said } = options;
    const opening: DraftOf<"turn.started"> = {
      type: "turn.started",
      session: this.id,
      source: "api",
      key: key ?? this.#host.newKey(),
      name: name ?? "turn",
      ...said,
    };
    const scope = new Scope(this.#host, opening);
    return body ? run(this.#host.active, scope, body) : scope;
  }
}
