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
import { FailureTrail } from "./failure-trail.ts";
import { type Body, given } from "./given.ts";
import { openingAt, type OpeningPlace, workAt } from "./openings.ts";
import { asJson, type Recordable } from "./recordable.ts";
import { run } from "./run.ts";
import type {
  Answer,
  EndOptions,
  ModelOptions,
  ScopeOptions,
  ToolOptions,
  WorkOptions,
} from "./scope-options.ts";

/** What the scopes of one observer share: never of two, because two observers in one process are two observers. */
export interface ScopeHost {
  readonly recorder: Recorder;
  readonly active: AsyncLocalStorage<Scope>;
  readonly newKey: () => Key;
}

/** What a mark says beyond its place and time. */
type Saying<Type extends MarkDraft["type"]> = Omit<
  DraftOf<Type>,
  "type" | "session" | "source" | "on" | "mark"
>;

/** What an ending says beyond how it went. */
interface EndSaying extends EndOptions {
  readonly output?: JsonValue;
  readonly detail?: string;
}

/**
 * A piece of work that is being recorded, and where more is recorded under it. Ends once; later endings say nothing. With a body, it ends
 * when the body does: with what that returned, or with what it threw, which goes on to the caller. A body that returns a stream has not ended with
 * that: end the scope when the stream does. In a `using` block, end it yourself: a
 * scope that is left without a word is recorded as cancelled, because nobody saw how it went.
 */
export class Scope implements Disposable {
  readonly session: string;
  readonly key: Key;
  /** For carriers, and for spans of your own inside; null while the turn is not known. */
  readonly context: SpanContext | null;
  /** What it was opened in; null where that is no scope of this process. */
  readonly outer: Scope | null;
  protected readonly host: ScopeHost;
  readonly #type: OpeningDraft["type"];
  /** Whose work this is, and what happens inside. */
  readonly #agent: string | undefined;
  readonly #failures: FailureTrail;
  #marks = 0;
  #ended = false;

  constructor(host: ScopeHost, opening: OpeningDraft, outer: Scope | null = null) {
    this.host = host;
    this.outer = outer;
    this.#failures = new FailureTrail(outer && outer.#failures);
    this.session = opening.session;
    this.key = opening.key;
    this.#type = opening.type;
    this.#agent = opening.agent;
    this.context = host.recorder.emit(opening);
  }

  work(kind: WorkKind, name: string, options?: WorkOptions): Scope;
  work<Result>(kind: WorkKind, name: string, body: Body<Scope, Result>): Result;
  work<Result>(
    kind: WorkKind,
    name: string,
    options: WorkOptions,
    body: Body<Scope, Result>,
  ): Result;
  work<Result>(
    kind: WorkKind,
    name: string,
    first: WorkOptions | Body<Scope, Result> = {},
    second?: Body<Scope, Result>,
  ): Scope | Result {
    const { options, body } = given(first, second);
    const opening = workAt(this.#place, kind, name, this.#own(options));
    return this.#open(new Scope(this.host, opening, this), body);
  }

  /** A worker of its own: what happens inside is told of it by name. */
  agent(name: string, options?: WorkOptions): Scope;
  agent<Result>(name: string, body: Body<Scope, Result>): Result;
  agent<Result>(name: string, options: WorkOptions, body: Body<Scope, Result>): Result;
  agent<Result>(
    name: string,
    first: WorkOptions | Body<Scope, Result> = {},
    second?: Body<Scope, Result>,
  ): Scope | Result {
    const { options, body } = given(first, second);
    return this.#open(this.work("agent", name, { agent: name, ...options }), body);
  }

  model(requestModel: string, options?: ModelOptions): ModelScope;
  model<Result>(requestModel: string, body: Body<ModelScope, Result>): Result;
  model<Result>(
    requestModel: string,
    options: ModelOptions,
    body: Body<ModelScope, Result>,
  ): Result;
  model<Result>(
    requestModel: string,
    first: ModelOptions | Body<ModelScope, Result> = {},
    second?: Body<ModelScope, Result>,
  ): ModelScope | Result {
    const { options, body } = given(first, second);
    const { provider, operation, prompt, context, parameters } = options;
    const opening = {
      type: "model.started" as const,
      name: requestModel,
      requestModel,
      ...openingAt(this.#place, this.#own(options)),
      ...(provider === undefined ? {} : { provider }),
      ...(operation === undefined ? {} : { operation }),
      ...(prompt === undefined ? {} : { promptName: prompt.name }),
      ...(prompt?.version === undefined ? {} : { promptVersion: `${prompt.version}` }),
      ...(context === undefined ? {} : { context: context as FullContext }),
      ...(parameters === undefined ? {} : { parameters: asJson(parameters) }),
    };
    return this.#open(new ModelScope(this.host, opening, this), body);
  }

  tool(name: string, options?: ToolOptions): Scope;
  tool<Result>(name: string, body: Body<Scope, Result>): Result;
  tool<Result>(name: string, options: ToolOptions, body: Body<Scope, Result>): Result;
  tool<Result>(
    name: string,
    first: ToolOptions | Body<Scope, Result> = {},
    second?: Body<Scope, Result>,
  ): Scope | Result {
    const { options, body } = given(first, second);
    const { toolCallId } = options;
    const opening = {
      type: "tool.started" as const,
      name,
      ...openingAt(this.#place, this.#own(options)),
      ...(toolCallId === undefined ? {} : { toolCallId }),
    };
    return this.#open(new Scope(this.host, opening, this), body);
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
  interrupt(wait: string, payload?: Recordable): void {
    this.note("interrupt.raised", {
      wait,
      ...(payload === undefined ? {} : { payload: asJson(payload) }),
    });
  }

  end(output?: Recordable, ending: EndOptions = {}): void {
    const said = output === undefined ? {} : { output: asJson(output) };
    this.close({ status: "ok" }, { ...ending, ...said });
  }

  fail(error: unknown, ending: EndOptions = {}): void {
    const { outcome, detail } = outcomeOf(error);
    const isPassedOn = outcome.status === "error" && this.#failures.comesBy(error);
    this.close(isPassedOn ? { ...outcome, passedOn: true } : outcome, {
      ...ending,
      ...(detail === null ? {} : { detail }),
    });
  }

  cancel(reason?: string, ending: EndOptions = {}): void {
    const said = reason === undefined ? {} : { detail: reason };
    this.close({ status: "cancelled" }, { ...ending, ...said });
  }

  /** Until somebody answers what was asked with `interrupt`. */
  suspend(ending: EndOptions = {}): void {
    this.close({ status: "suspended" }, ending);
  }

  [Symbol.dispose](): void {
    this.cancel("left without saying how it ended");
  }

  protected close(outcome: Outcome, said: EndSaying & Answer): void {
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

  #open<Inner extends Scope, Result>(
    scope: Inner,
    body: Body<Inner, Result> | undefined,
  ): Inner | Result {
    return body ? run(this.host.active, scope, body) : scope;
  }

  get #place(): OpeningPlace {
    return { session: this.session, parent: this.key, newKey: this.host.newKey };
  }

  /** What happens inside is its agent's, unless somebody else's is said. */
  #own<Options extends ScopeOptions>(options: Options): Options {
    const { agent = this.#agent } = options;
    return agent === undefined ? options : { ...options, agent };
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

  protected override close(outcome: Outcome, said: EndSaying): void {
    super.close(outcome, { ...said, ...this.#answer });
  }
}
