import {
  type EndOptions,
  type JsonValue,
  type Key,
  type ModelOptions,
  ModelScope,
  type Recordable,
  type Scope,
  type ScopeOptions,
  type SpanContext,
  type ToolOptions,
  type WorkKind,
  type WorkOptions,
  watch,
} from "@spoor/core";
import type {
  CrewModelOptions,
  CrewToolOptions,
  CrewWorkOptions,
  InKickoff,
  Moment,
} from "./crew-options.ts";
import type { CrewRun } from "./crew-run.ts";
import { type Begin, type Verb, verb } from "./verb.ts";
import { type ReadVerdict, readVerdict } from "./verdict.ts";

/** Where a scope stands in its crew. */
export interface CrewPlace {
  readonly run: CrewRun<CrewScope>;
  /** What the work is called there. */
  readonly name: string;
  /** What is suspended with it. */
  readonly above: CrewScope | null;
  /** Of a crew that is a turn of its own, that turn: it ends as the crew does. */
  readonly turn: Scope | null;
  /** Which scope of a crew each scope of the observer is. */
  readonly known: WeakMap<Scope, CrewScope>;
}

type WorkVerb = Verb<CrewWorkOptions, CrewScope>;

/**
 * Work of a crew that is being recorded: the crew itself, a task, an agent, a tool. Anything may lie in anything, because frameworks differ in
 * that: an agent in a task, a crew in a tool, a check in either. Ends once; later endings say nothing. Nothing here throws into the crew.
 */
export class CrewScope implements Disposable {
  /** The same work in the words of core, for what has no verb here: marks, messages, other kinds of work. */
  readonly scope: Scope;
  readonly #place: CrewPlace;
  readonly #check: WorkVerb = this.#work("guardrail");
  #isJudged = false;

  /** Something that somebody asked for: what it is to give stands beside what it gives. Another attempt at it is a task of its own, with `attempt`. */
  readonly task: WorkVerb = this.#work("task");
  /** Somebody at work: what happens inside is told of them by name. */
  readonly agent: WorkVerb = this.#verb<WorkOptions>((name, options, body) =>
    body ? this.scope.agent(name, options, body) : this.scope.agent(name, options),
  );
  /** Hands work to somebody who gives it back when it is done: in the record they work right here. */
  readonly delegate: WorkVerb = verb((to, options, body) => {
    this.handOff(to);
    return body ? this.agent(to, options, body) : this.agent(to, options);
  });
  /** A stage of a flow. */
  readonly step: WorkVerb = this.#work("step");
  /** Says what will be done before it is done. */
  readonly plan: WorkVerb = this.#work("plan");
  /** Looks something up, in a memory or in what the crew knows: the question is its input, and what was found its output. */
  readonly retrieve: WorkVerb = this.#work("retrieval");
  /** Changes a memory: saves something in it, or takes something out. */
  readonly remember: WorkVerb = this.#work("memory");
  /** Checks what was given. What a body gives is told as a verdict where it is one; without a body say it with `judge`. */
  readonly guardrail: WorkVerb = verb((name, options, body) =>
    body
      ? this.#check(name, options, (check) =>
          watch(() => body(check), {
            ended: (value) => check.#tellVerdict(readVerdict(value)),
            failed: toldByItsScope,
          }),
        )
      : this.#check(name, options),
  );
  /** A call of a tool. What happens inside may be anything, work of others too. */
  readonly tool: Verb<CrewToolOptions, CrewScope> = this.#verb<ToolOptions>((name, options, body) =>
    body ? this.scope.tool(name, options, body) : this.scope.tool(name, options),
  );
  /** A call of a model, in the words of core: what it used and answered is told to it. */
  readonly model: Verb<CrewModelOptions, ModelScope> = verb((name, options, body) => {
    const keyed = this.#place.run.keyed<ModelOptions>(options);
    const known = (call: ModelScope): ModelScope => {
      this.#opened(call, name, options);
      return call;
    };
    return body
      ? this.scope.model(name, keyed, (call) => body(known(call)))
      : known(this.scope.model(name, keyed));
  });

  constructor(scope: Scope, place: CrewPlace) {
    this.scope = scope;
    this.#place = place;
    place.known.set(scope, this);
  }

  get key(): Key {
    return this.scope.key;
  }

  /** For carriers, and for spans of your own inside. */
  get context(): SpanContext | null {
    return this.scope.context;
  }

  /** The latest that was opened in this run of the crew under an id of yours, also when it has ended. */
  find(id: string): CrewScope | null {
    return this.#place.run.find(id);
  }

  /** The same for a call of a model, whose usage and answer are told to it. */
  findCall(id: string): ModelScope | null {
    const scope = this.find(id)?.scope;
    return scope instanceof ModelScope ? scope : null;
  }

  /** Somebody else takes over, and works wherever they are opened next. */
  handOff(to: string, moment: Moment = {}): void {
    this.scope.note("handoff.made", { ...moment, to });
  }

  /** A task that was not begun, because its condition did not hold. */
  skip(task: string, why?: string, moment: Moment = {}): void {
    const reason = why === undefined ? {} : { why };
    this.scope.note("decision.made", { ...moment, kind: "skip", choice: task, ...reason });
  }

  /** What a guardrail found, which has ended with that. `feedback`: what to do better next time. */
  judge(passed: boolean, feedback?: string, ending?: EndOptions): void {
    this.#tellVerdict({ passed, feedback: feedback ?? null }, ending);
    this.end({ passed, ...(feedback === undefined ? {} : { feedback }) }, ending);
  }

  /**
   * A person is asked, under a name: the answer is known by it, and a crew that is suspended meanwhile can be resumed. What a body gives is the
   * answer.
   */
  askHuman(wait: string, question: Recordable, moment?: Moment): void;
  askHuman<Result>(wait: string, question: Recordable, body: () => Result): Result;
  askHuman<Result>(
    wait: string,
    question: Recordable,
    then: Moment | (() => Result) = {},
  ): Result | undefined {
    const [moment, body] = typeof then === "function" ? [{}, then] : [then, null];
    this.scope.note("interrupt.raised", { ...moment, wait, payload: question as JsonValue });
    if (!body) return undefined;
    return watch(body, {
      ended: (answer) => this.humanAnswered(wait, answer as Recordable),
      failed: toldByItsScope,
    });
  }

  /** What the person said who was asked under that name. */
  humanAnswered(wait: string, answer?: Recordable, moment: Moment = {}): void {
    const said = answer === undefined ? {} : { answer: answer as JsonValue };
    this.scope.note("interrupt.resolved", { ...moment, wait, ...said });
  }

  end(output?: Recordable, ending?: EndOptions): void {
    this.scope.end(output, ending);
    this.#place.turn?.end(output, ending);
  }

  fail(error: unknown, ending?: EndOptions): void {
    this.scope.fail(error, ending);
    this.#place.turn?.fail(error, ending);
  }

  cancel(reason?: string, ending?: EndOptions): void {
    this.scope.cancel(reason, ending);
    this.#place.turn?.cancel(reason, ending);
  }

  /** Until a person has answered: this, and all that it is a part of. A kickoff that `resumes` goes on. */
  suspend(ending?: EndOptions): void {
    this.scope.suspend(ending);
    this.#place.turn?.suspend(ending);
    this.#place.above?.suspend(ending);
  }

  [Symbol.dispose](): void {
    this.scope[Symbol.dispose]();
    this.#place.turn?.[Symbol.dispose]();
  }

  #work(kind: WorkKind): WorkVerb {
    return this.#verb<WorkOptions>((name, options, body) =>
      body ? this.scope.work(kind, name, options, body) : this.scope.work(kind, name, options),
    );
  }

  /** A verb of core as one of a crew. */
  #verb<Options extends ScopeOptions>(
    begin: Begin<Options, Scope>,
  ): Verb<InKickoff<Options>, CrewScope> {
    return verb((name, options, body) => {
      const keyed = this.#place.run.keyed<Options>(options);
      return body
        ? begin(name, keyed, (scope) => body(this.#opened(scope, name, options)))
        : this.#opened(begin(name, keyed) as Scope, name, options);
    });
  }

  #opened(scope: Scope, name: string, { id }: { readonly id?: string | undefined }): CrewScope {
    const { run, known } = this.#place;
    const opened = new CrewScope(scope, { run, name, known, above: this, turn: null });
    if (id !== undefined) run.opened(id, opened);
    return opened;
  }

  /** The first one stands: who says it with `judge` most often returns it as well. */
  #tellVerdict(verdict: ReadVerdict | null, moment: Moment = {}): void {
    if (verdict === null || this.#isJudged) return;
    this.#isJudged = true;
    const { passed, feedback } = verdict;
    const why = feedback === null ? {} : { why: feedback };
    this.scope.note("score.given", { ...moment, name: this.#place.name, value: passed, ...why });
  }
}

/** What a body throws goes up through the scope that it runs in. */
function toldByItsScope(): void {}
