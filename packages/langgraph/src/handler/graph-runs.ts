import type { EventDraft, Key, Recorder, SpanContext, SpanId } from "@spoor/core";
import type { LangGraphCallback } from "../callbacks/native.ts";
import { Recent } from "../callbacks/runs/recent.ts";

/** An activation that a handler tells of. */
export interface GraphRun {
  readonly session: string;
  readonly turn: Key;
  readonly resumes: boolean;
  /** The turn's first activation. Null: it goes on from something that its recorder does not know, so far. */
  context: SpanContext | null;
}

/** A node, or a task of the functional API, in the run that it is a part of. */
export interface GraphTask {
  readonly key: Key;
  readonly run: GraphRun;
}

const mostTasks = 5_000;
const mostMembers = 20_000;
/** A run never ends where its consumer left the stream. Of a thread, and of all of them, the latest are remembered. */
const mostSessions = 10_000;
const mostInSession = 100;
const mostHeld = 1_000;

/** What those who see a graph from elsewhere have to know of its runs: which are under way in a thread, and which span a task is. */
export class GraphRuns {
  /** Somebody asks; else nothing is kept. */
  isWatched: boolean = false;
  readonly #open: Recent<readonly GraphRun[]> = new Recent(mostSessions);
  readonly #tasks: Recent<GraphTask> = new Recent(mostTasks);
  /** By the run ids of LangChain. */
  readonly #members: Recent<GraphRun> = new Recent(mostMembers);
  readonly #held: Map<GraphRun, () => void> = new Map();

  /** Those that may be graphs. */
  openIn(session: string): readonly GraphRun[] {
    return this.#open.get(session) ?? [];
  }

  /** By LangGraph's id of it; of several tries, the latest. */
  task(taskId: string): GraphTask | null {
    return this.#tasks.get(taskId) ?? null;
  }

  /** The task that a graph with this namespace runs in: the innermost that it names. */
  taskAround(namespace: string): GraphTask | null {
    const around = namespace.split("|").findLast((part) => part.includes(":"));
    return around === undefined ? null : this.task(taskIdIn(around));
  }

  /** Something was recorded of a run. Gives the run that begins with it. */
  recorded(
    draft: EventDraft,
    native: LangGraphCallback,
    context: SpanContext | null,
  ): GraphRun | null {
    if (!this.isWatched || !("runId" in native) || native.runId === undefined) return null;
    const { session } = draft;
    if (draft.type === "turn.started") {
      const { key: turn, resumes } = draft;
      const run: GraphRun = { session, turn, resumes: resumes !== undefined, context: null };
      if (native.kind === "chain.started")
        this.#open.set(session, [...this.openIn(session), run].slice(-mostInSession));
      this.#joins(run, native.runId, context);
      return run;
    }
    if (draft.type === "turn.ended") this.#ended(session, draft.key);
    const parent = "parentRunId" in native ? native.parentRunId : undefined;
    const run = this.#members.get(parent ?? native.runId);
    if (run === undefined) return null;
    this.#joins(run, native.runId, context);
    if (native.kind !== "chain.started" || draft.type !== "work.started") return null;
    const { langgraph_checkpoint_ns: namespace, langgraph_node: node } = native.metadata;
    if (typeof namespace === "string" && native.runName === node)
      this.#tasks.set(taskIdIn(namespace), { key: draft.key, run });
    return null;
  }

  /** Something is not to be recorded before somebody has said where the run's turn comes from, or something happens in it. */
  hold(run: GraphRun, tell: () => void): void {
    const [oldest] = this.#held.keys();
    if (oldest !== undefined && this.#held.size >= mostHeld) this.release(oldest);
    this.#held.set(run, tell);
  }

  release(run: GraphRun): void {
    const tell = this.#held.get(run);
    this.#held.delete(run);
    tell?.();
  }

  /** A callback came: whatever its run holds back happened before. */
  goesOn(native: LangGraphCallback): void {
    if (this.#held.size === 0 || !("runId" in native)) return;
    const parent = "parentRunId" in native ? native.parentRunId : undefined;
    const run = this.#members.get(parent ?? native.runId ?? "");
    if (run !== undefined) this.release(run);
  }

  #joins(run: GraphRun, runId: string, context: SpanContext | null): void {
    this.#members.set(runId, run);
    if (context !== null) run.context ??= ofTurn(context);
  }

  #ended(session: string, turn: Key): void {
    const left = this.openIn(session).filter((run) => run.turn !== turn);
    if (left.length === 0) this.#open.delete(session);
    else this.#open.set(session, left);
  }
}

const all: WeakMap<Recorder, GraphRuns> = new WeakMap();

/** The runs that the handler of an observer tells of. */
export function graphRunsOf(observer: Recorder): GraphRuns {
  const known = all.get(observer);
  if (known !== undefined) return known;
  const runs = new GraphRuns();
  all.set(observer, runs);
  return runs;
}

/** A recorder's own contexts know their turn as well. */
function ofTurn(context: SpanContext): SpanContext {
  const turn = "turnSpanId" in context ? (context.turnSpanId as SpanId) : context.spanId;
  const { traceId, sampled } = context;
  return { traceId, spanId: turn, ...(sampled === undefined ? {} : { sampled }) };
}

function taskIdIn(namespace: string): string {
  return namespace.slice(namespace.lastIndexOf(":") + 1);
}
