import type { StartedCallback } from "../native.ts";
import { sessionIn } from "./metadata.ts";
import { Recent } from "./recent.ts";
import type { Run } from "./run.ts";
import { forgetRequest, isStep, namespaceOf, outerNamespace } from "./run.ts";
import { isCalled } from "./run-role.ts";
import { Threads } from "./threads.ts";
import type { Turn } from "./turn.ts";

/** How many runs are remembered. */
export interface RunLimits {
  /** More is open only where runs never end; what is forgotten here stays open in the record. */
  readonly open: number;
  /** Late children need a while their parents' places; an agent with ten tool calls makes the usual number some 25 turns. */
  readonly ended: number;
}

const usual: RunLimits = { open: 20_000, ended: 2_000 };

/** What is open, and for a while what was. Flat, and bounded whatever the application does. */
export class Runs {
  readonly threads: Threads = new Threads();
  readonly #mostTasks: number;
  readonly #open: Recent<Run>;
  readonly #ended: Recent<Run>;
  /** The latest run of each task of a graph in a turn that goes on, by its namespace. */
  readonly #tasks: Recent<Run>;

  constructor({ open, ended }: RunLimits = usual) {
    this.#mostTasks = open;
    this.#open = new Recent(open);
    this.#ended = new Recent(ended);
    this.#tasks = new Recent(open);
  }

  /** How many are remembered. */
  get size(): number {
    return this.#open.size + this.#ended.size;
  }

  find(runId: string | undefined): Run | undefined {
    return runId === undefined ? undefined : (this.#open.get(runId) ?? this.#ended.get(runId));
  }

  /**
   * What a run hangs below. LangGraph names the graph as the parent of a function that another task called, though the namespace knows the
   * caller; and nobody at all where a handler was passed on by hand inside a node.
   */
  parentOf(started: StartedCallback): Run | undefined {
    const caller = isCalled(started) ? this.outerTaskOf(started) : undefined;
    return caller ?? this.find(started.parentRunId) ?? this.#nodeAround(started);
  }

  /** Of a function, the task that called it; of an error handler, the node that failed. */
  outerTaskOf(started: StartedCallback): Run | undefined {
    return this.#taskIn(outerNamespace(namespaceOf(started)), started);
  }

  /** The run of the same task before this one: where it is another try, the one that failed. */
  earlierTryOf(started: StartedCallback): Run | undefined {
    return this.#taskIn(namespaceOf(started), started);
  }

  add(run: Run): void {
    this.#open.set(run.runId, run);
    if (!isStep(run) || run.checkpointNamespace === undefined) return;
    this.#tasks.set(run.checkpointNamespace, run);
    const { tasks } = run.turn;
    if (tasks.length < this.#mostTasks) tasks.push(run.checkpointNamespace);
  }

  end(run: Run, failed = false): void {
    run.ended = true;
    run.failed = failed;
    run.given = [];
    run.channels = [];
    forgetRequest(run.latestModel);
    run.latestModel = null;
    if (!failed || run.parent === null) forgetRequest(run);
    this.#open.delete(run.runId);
    this.#ended.set(run.runId, run);
  }

  endTurn(turn: Turn): void {
    this.threads.end(turn);
    if (!turn.suspended) turn.calls.forget();
    for (const namespace of turn.tasks)
      if (this.#tasks.get(namespace)?.turn === turn) this.#tasks.delete(namespace);
    turn.tasks = [];
  }

  /** Where one tool alone is at work in the node, it is that tool's doing. */
  #nodeAround(started: StartedCallback): Run | undefined {
    const task = this.#taskIn(namespaceOf(started), started);
    if (task?.ended !== false) return undefined;
    const tools = [...this.#open.entries()].filter(
      ([, { role, turn, checkpointNamespace }]) =>
        role.opens === "tool" &&
        turn === task.turn &&
        checkpointNamespace === task.checkpointNamespace,
    );
    return tools.length === 1 ? tools[0]?.[1] : task;
  }

  #taskIn(namespace: string | undefined, started: StartedCallback): Run | undefined {
    const task = this.#tasks.get(namespace ?? "");
    return task?.conversation === sessionIn(started.metadata) ? task : undefined;
  }
}
