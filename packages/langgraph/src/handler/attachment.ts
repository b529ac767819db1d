import type { EventDraft, Recorder, SpanContext, Translator } from "@spoor/core";
import { ModelCalls } from "../bridge/model-calls.ts";
import type { LangGraphCallback, StartedCallback } from "../callbacks/native.ts";
import { Recent } from "../callbacks/runs/recent.ts";
import { type GraphRuns, graphRunsOf } from "./graph-runs.ts";

/** Runs that never end (a consumer left its stream) are forgotten at last; so many at once are nobody's. */
const mostOpen = 20_000;
/** What nobody awaited goes on in a run that has ended. */
const mostEnded = 2_000;

/** A handler's way into one recorder: what it says is recorded, and where each run stands in the tree is kept. */
export class Attachment {
  readonly #recorder: Recorder;
  readonly #translator: Translator<LangGraphCallback>;
  readonly #open: Recent<SpanContext> = new Recent(mostOpen);
  readonly #ended: Recent<SpanContext> = new Recent(mostEnded);
  readonly #modelCalls: ModelCalls = new ModelCalls();
  readonly #tasks: Recent<string> = new Recent(mostEnded);
  readonly #graphRuns: GraphRuns;

  constructor(recorder: Recorder, translator: Translator<LangGraphCallback>) {
    this.#recorder = recorder;
    this.#translator = translator;
    this.#graphRuns = graphRunsOf(recorder);
  }

  record(native: LangGraphCallback): void {
    this.#graphRuns.goesOn(native);
    this.#emit(native, Array.from(this.#translator.translate(native)));
  }

  /** Work that begins in a turn settles its trace: where a checkpoint may still tell it, what comes behind the turn's opening waits for that. */
  #emit(native: LangGraphCallback, drafts: readonly EventDraft[]): void {
    let context: SpanContext | null = null;
    for (const [index, draft] of drafts.entries()) {
      context = this.#recorder.emit(draft) ?? context;
      const begun = this.#graphRuns.recorded(draft, native, context);
      if (begun === null || context !== null) continue;
      this.#graphRuns.hold(begun, () => this.#emit(native, drafts.slice(index + 1)));
      return;
    }
    if (isStart(native)) this.#began(native, context);
    else if (isEnd(native)) this.#hasEnded(native.runId);
  }

  /** The span of a run; of one that is none of its own, its parent's. Null: not known, or no longer. */
  spanOf(runId: string): SpanContext | null {
    return this.#open.get(runId) ?? this.#ended.get(runId) ?? null;
  }

  /** The call to a model that is under way in a span, where there is exactly one: inside a model, LangChain's storage names what called it. */
  modelCallIn(span: SpanContext): SpanContext | null {
    return this.#modelCalls.onlyOneIn(span);
  }

  /** The span of the node whose checkpoints have this namespace; of several attempts, that of the latest. */
  spanOfTask(namespace: string): SpanContext | null {
    return this.spanOf(this.#tasks.get(namespace) ?? "");
  }

  /** A start that is told again says nothing, and changes nothing. */
  #began(native: StartedCallback, context: SpanContext | null): void {
    const { kind, runId, parentRunId, runName, metadata } = native;
    if (context === null && this.spanOf(runId) !== null) return;
    const task = metadata["langgraph_checkpoint_ns"];
    if (runName === metadata["langgraph_node"] && typeof task === "string")
      this.#tasks.set(task, runId);
    const parent = this.spanOf(parentRunId ?? "");
    const span = context ?? parent;
    if (span !== null) this.#open.set(runId, span);
    if (kind === "model.started" && context && parent) this.#modelCalls.began(context, parent);
  }

  #hasEnded(runId: string): void {
    const span = this.#open.get(runId);
    if (span === undefined) return;
    this.#open.delete(runId);
    this.#ended.set(runId, span);
    this.#modelCalls.ended(span);
  }
}

function isStart(native: LangGraphCallback): native is StartedCallback {
  return native.kind.endsWith(".started");
}

function isEnd(
  native: LangGraphCallback,
): native is Extract<LangGraphCallback, { kind: "run.ended" | "run.failed" }> {
  return native.kind === "run.ended" || native.kind === "run.failed";
}
