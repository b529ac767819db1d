import type { AsyncLocalStorage } from "node:async_hooks";
import type { Recorder } from "../recorder/translator.ts";
import type { SpanContext } from "../vocabulary/carrier.ts";
import type {
  DraftOf,
  FullContext,
  Key,
  MarkDraft,
  OpeningDraft,
  Outcome,
  WorkKind,
} from "../vocabulary/event.ts";
import type { JsonValue } from "../vocabulary/json.ts";
import type { Usage } from "../vocabulary/usage.ts";
import { outcomeOf } from "./outcome.ts";
import { run } from "./run.ts";

/** What the scopes of one observer share: never of two, because two observers in one process are two observers. */
export interface ScopeHost {
  readonly recorder: Recorder;
  readonly active: AsyncLocalStorage<Scope>;
  readonly newKey: () => Key;
}

export interface ScopeOptions {
  /** The framework's own id, unique in its session; else one is made. */
  readonly key?: Key;
  readonly input?: JsonValue;
  readonly agent?: string;
  /** The model call that asked for it. */
  readonly causedBy?: Scope | Key;
  /** 2, 3, … where it is tried again. */
  readonly attempt?: number;
}
export interface ModelOptions extends ScopeOptions {
  readonly provider?: string;
  /** All that the call is sent. Pass the same object for the same message: it is then neither serialised nor scanned again. */
  readonly context?: FullContext;
  readonly parameters?: JsonValue;
}
export interface ToolOptions extends ScopeOptions {
  readonly toolCallId?: string;
}
export interface Answer {
  /** The model that answered, where it is not the one that was asked. */
  readonly model?: string;
  readonly finishReason?: string;
  readonly responseId?: string;
}

/** What a mark says beyond its place and time. */
type Saying<Type extends MarkDraft["type"]> = Omit<
  DraftOf<Type>,
  "type" | "session" | "source" | "on" | "mark"
>;
type Body<Inner extends Scope, Result> = (scope: Inner) => Result;

/**
 * A piece of work that is being recorded, and where more is recorded under it. Ends once; later endings say nothing. With a body, it ends
 * when the body does: with what that returned, or with what it threw, which goes on to the caller. In a `using` block, end it yourself: a
 * scope that is left without a word is recorded as cancelled, because nobody saw how it went.
 */
export class Scope implements Disposable {
  readonly session: string;
  readonly key: Key;
  /** For carriers, and for spans of your own inside; null while the turn is not known. */
  readonly context: SpanContext | null;
  protected readonly host: ScopeHost;
  readonly #type: OpeningDraft["type"];
  #marks = 0;
  #ended = false;

  constructor(host: ScopeHost, opening: OpeningDraft) {
    this.host = host;
    this.session = opening.session;
    this.key = opening.key;
    this.#type = opening.type;
    this.context = host.recorder.emit(opening);
  }

  work(kind: WorkKind, name: string, options?: ScopeOptions): Scope;
  work<Result>(
    kind: WorkKind,
    name: string,
    options: ScopeOptions,
    body: Body<Scope, Result>,
  ): Result;
  work<Result>(
    kind: WorkKind,
    name: string,
    options: ScopeOptions = {},
    body?: Body<Scope, Result>,
  ): Scope | Result {
    const scope = new Scope(this.host, {
      type: "work.started",
      kind,
      name,
      ...this.#under(options),
    });
    return body ? run(this.host.active, scope, body) : scope;
  }

  /** A worker of its own: what happens inside is told of it by name. */
  agent(name: string, options?: ScopeOptions): Scope;
  agent<Result>(name: string, options: ScopeOptions, body: Body<Scope, Result>): Result;
  agent<Result>(
    name: string,
    options: ScopeOptions = {},
    body?: Body<Scope, Result>,
  ): Scope | Result {
    const scope = this.work("agent", name, { agent: name, ...options });
    return body ? run(this.host.active, scope, body) : scope;
  }

  model(requestModel: string, options?: ModelOptions): ModelScope;
  model<Result>(
    requestModel: string,
    options: ModelOptions,
    body: Body<ModelScope, Result>,
  ): Result;
  model<Result>(
    requestModel: string,
    options: ModelOptions = {},
    body?: Body<ModelScope, Result>,
  ): ModelScope | Result {
    const { provider, context, parameters } = options;
    const scope = new ModelScope(this.host, {
      type: "model.started",
      name: requestModel,
      requestModel,
      ...this.#under(options),
      ...(provider === undefined ? {} : { provider }),
      ...(context === undefined ? {} : { context }),
      ...(parameters === undefined ? {} : { parameters }),
    });
    return body ? run(this.host.active, scope, body) : scope;
  }

  tool(name: string, options?: ToolOptions): Scope;
  tool<Result>(name: string, options: ToolOptions, body: Body<Scope, Result>): Result;
  tool<Result>(
    name: string,
    options: ToolOptions = {},
    body?: Body<Scope, Result>,
  ): Scope | Result {
    const { toolCallId } = options;
    const scope = new Scope(this.host, {
      type: "tool.started",
      name,
      ...this.#under(options),
      ...(toolCallId === undefined ? {} : { toolCallId }),
    });
    return body ? run(this.host.active, scope, body) : scope;
  }

  /** Says something that happened here: a message, a decision, a score, a handoff, … */
  note<Type extends MarkDraft["type"]>(type: Type, saying: Saying<Type>): void {
    this.#marks += 1;
    const mark = {
      ...saying,
      type,
      session: this.session,
      source: "api",
      on: this.key,
      mark: String(this.#marks),
    };
    this.host.recorder.emit(mark as unknown as MarkDraft);
  }

  /** Somebody outside has to answer before this can go on. The turn can be resumed under the same name. */
  interrupt(wait: string, payload?: JsonValue): void {
    this.note("interrupt.raised", { wait, ...(payload === undefined ? {} : { payload }) });
  }

  end(output?: JsonValue): void {
    this.close({ status: "ok" }, output === undefined ? {} : { output });
  }

  fail(error: unknown): void {
    const { outcome, detail } = outcomeOf(error);
    this.close(outcome, detail === null ? {} : { detail });
  }

  cancel(reason?: string): void {
    this.close({ status: "cancelled" }, reason === undefined ? {} : { detail: reason });
  }

  /** Until somebody answers what was asked with `interrupt`. */
  suspend(): void {
    this.close({ status: "suspended" }, {});
  }

  [Symbol.dispose](): void {
    this.cancel("left without saying how it ended");
  }

  protected close(
    outcome: Outcome,
    said: { readonly output?: JsonValue; readonly detail?: string } & Answer,
  ): void {
    if (this.#ended) return;
    this.#ended = true;
    const type = this.#type.replace(".started", ".ended") as "work.ended";
    this.host.recorder.emit({
      type,
      session: this.session,
      source: "api",
      key: this.key,
      outcome,
      ...said,
    });
  }

  #under({
    key,
    input,
    agent,
    causedBy,
    attempt,
  }: ScopeOptions): Omit<OpeningDraft, "type" | "name" | "kind"> {
    return {
      session: this.session,
      source: "api",
      key: key ?? this.host.newKey(),
      parent: this.key,
      ...(input === undefined ? {} : { input }),
      ...(agent === undefined ? {} : { agent }),
      ...(causedBy === undefined
        ? {}
        : { causedBy: typeof causedBy === "string" ? causedBy : causedBy.key }),
      ...(attempt === undefined ? {} : { attempt }),
    };
  }
}

/** One call to a model. */
export class ModelScope extends Scope {
  #answer: Answer = {};

  /** What the call used; `final: false` for a figure that is still growing, as in a stream. */
  usage(usage: Usage, { final = true }: { readonly final?: boolean } = {}): void {
    this.note("usage.reported", { basis: "call", usage, final });
  }

  /** What is known of the answer beyond its content; told when the call ends. */
  answered(answer: Answer): void {
    this.#answer = { ...this.#answer, ...answer };
  }

  protected override close(
    outcome: Outcome,
    said: { readonly output?: JsonValue; readonly detail?: string },
  ): void {
    super.close(outcome, { ...said, ...this.#answer });
  }
}
