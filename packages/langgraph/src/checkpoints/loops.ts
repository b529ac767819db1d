import { type Carrier, isRecord, type Key, readCarrier, writeCarrier } from "@spoor/core";
import { memberOf } from "../callbacks/reading.ts";
import type { GraphRun, GraphRuns } from "../handler/graph-runs.ts";
import { type Address, addressIn } from "./native.ts";

/** Where a call of a checkpointer stands. */
export interface Standing {
  /** The span that it is a part of. Null: none that is known, so it is the session's. */
  readonly on: Key | null;
  /** Of the outermost graph of a thread, the run that it is. */
  readonly run: GraphRun | null;
}

const nowhere: Standing = { on: null, run: null };

/**
 * Joins calls of a checkpointer to runs. LangGraph makes the metadata in a config anew for each run and passes the very same object with each call, so
 * what is found out about one call holds for the others. Where several runs of a thread may be meant, none is taken.
 */
export class Loops {
  readonly #runs: GraphRuns;
  readonly #standings: WeakMap<object, Standing> = new WeakMap();
  readonly #begun: WeakSet<object> = new WeakSet();
  readonly #claimed: WeakSet<GraphRun> = new WeakSet();
  readonly #carriers: WeakMap<GraphRun, Carrier> = new WeakMap();

  constructor(runs: GraphRuns) {
    this.#runs = runs;
  }

  /** Where the loop of a graph begins: it asks for a state before it does anything else. Null: this is no such call. */
  begin(config: unknown): Standing | null {
    const address = addressIn(config);
    const loop = loopIn(config);
    if (address === null || loop === null || this.#begun.has(loop)) return null;
    this.#begun.add(loop);
    const standing = this.#around(address) ?? this.#onlyOneIn(address);
    if (standing === null) return nowhere;
    this.#standings.set(loop, standing);
    return standing;
  }

  /** Where a checkpoint is saved. */
  of(config: unknown): Standing {
    const address = addressIn(config);
    if (address === null) return nowhere;
    const loop = loopIn(config);
    return (loop && this.#standings.get(loop)) ?? this.#around(address) ?? nowhere;
  }

  /** Where a task writes: it is known by its id, and says which loop it is a task of. */
  ofTask(config: unknown, taskId: unknown): Standing {
    const address = addressIn(config);
    const loop = loopIn(config);
    const task = typeof taskId === "string" ? this.#runs.task(taskId) : null;
    if (address === null || task === null || task.run.session !== address.thread)
      return this.of(config);
    if (loop !== null && address.namespace === "" && !this.#standings.has(loop)) {
      this.#claimed.add(task.run);
      this.#standings.set(loop, { on: task.run.turn, run: task.run });
    }
    return { on: task.key, run: null };
  }

  /** What the checkpoints of a run carry: where its turn began. */
  carrierOf({ run }: Standing): Carrier | null {
    if (run === null) return null;
    return this.#carriers.get(run) ?? (run.context === null ? null : writeCarrier(run.context));
  }

  /** The turn began elsewhere: its checkpoints go on saying where. */
  continues(run: GraphRun, carrier: Carrier): void {
    const came = readCarrier(carrier);
    if (run.context === null || run.context.traceId === came?.traceId)
      this.#carriers.set(run, carrier);
  }

  #around({ thread, namespace }: Address): Standing | null {
    if (namespace === "") return null;
    const task = this.#runs.taskAround(namespace);
    return task?.run.session === thread ? { on: task.key, run: null } : nowhere;
  }

  #onlyOneIn({ thread }: Address): Standing | null {
    const [run, ...others] = this.#runs.openIn(thread).filter((each) => !this.#claimed.has(each));
    if (run === undefined || others.length > 0) return null;
    this.#claimed.add(run);
    return { on: run.turn, run };
  }
}

/** The loop of a graph has somewhere to write to; a call for a state or its history has not. */
function loopIn(config: unknown): object | null {
  const metadata = memberOf(config, "metadata");
  const isLoop = typeof memberOf(config, "writer") === "function";
  return isLoop && isRecord(metadata) ? metadata : null;
}
