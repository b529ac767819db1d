import type { JsonValue, Key } from "@spoor/core";
import type { StartedCallback } from "../native.ts";
import type { RunRole } from "./run-role.ts";
import { textOf } from "../reading.ts";

/** One activation: all that runs under one root. */
export interface Turn {
  readonly session: string;
  readonly key: Key;
  readonly rootRunId: string;
  /** What the resuming command said. Absent: this activation resumes nothing. */
  readonly resumes?: { readonly answer: JsonValue | undefined };
  resolved: boolean;
  /** An interrupt was raised in it: it will end suspended, though LangGraph ends it well. */
  suspended: boolean;
  ended: boolean;
  /** Interrupts that nodes of the root ended with and that no lifecycle callback has told of yet. */
  unannounced: readonly unknown[];
  /** Which model call asked for a tool call. */
  readonly requesters: Map<string, Key>;
  /** Runs of the same task of a graph, counted. */
  readonly attempts: Map<string, number>;
  readonly runIds: string[];
}

export interface Run {
  readonly runId: string;
  readonly turn: Turn;
  readonly parent: Run | null;
  readonly role: RunRole;
  /** The nearest recorded span: its own, or that of the run it answers for. */
  readonly span: Key;
  readonly threadId: string | undefined;
  readonly checkpointNamespace: string | undefined;
  readonly provider: string | undefined;
  ended: boolean;
  suspended: boolean;
  /** A run below it has handed over already; the same error only passes through here. */
  handedOver: boolean;
  notes: number;
}

/** Late children need a while their parents' places; 154 callbacks a turn make this about a hundred turns. */
const mostPastRuns = 10_000;
const mostRequesters = 10_000;

interface Session {
  turns: number;
  /** The turn that waits for an answer, where the latest one does. */
  waiting: Turn | null;
}

/** What is open, and for a bounded while what was. Flat: by run id, forgotten turn by turn. */
export class Runs {
  readonly #runs: Map<string, Run> = new Map();
  readonly #sessions: Map<string, Session> = new Map();
  /** The open node of each graph task. */
  readonly #tasks: Map<string, Run> = new Map();
  readonly #past: Turn[] = [];
  #pastRuns = 0;

  find(runId: string): Run | undefined {
    return this.#runs.get(runId);
  }

  /** By its own word, or, for a handler passed on by hand inside a node, by the node it stands in. */
  parentOf(started: StartedCallback): Run | undefined {
    const named = this.#runs.get(started.parentRunId ?? "");
    if (named !== undefined) return named;
    const task = this.#tasks.get(namespaceOf(started) ?? "");
    return task?.threadId === threadOf(started) ? task : undefined;
  }

  isOpen(session: string): boolean {
    return this.#sessions.has(session);
  }

  waitingIn(session: string): Turn | null {
    return this.#sessions.get(session)?.waiting ?? null;
  }

  openTurn(turn: Turn): void {
    const session = this.#sessions.get(turn.session) ?? { turns: 0, waiting: null };
    this.#sessions.set(turn.session, { turns: session.turns + 1, waiting: null });
  }

  add(run: Run): void {
    this.#runs.set(run.runId, run);
    run.turn.runIds.push(run.runId);
    if (run.turn.ended) this.#pastRuns += 1;
    if (isStep(run) && run.checkpointNamespace !== undefined)
      this.#tasks.set(run.checkpointNamespace, run);
  }

  end(run: Run): void {
    run.ended = true;
    const namespace = run.checkpointNamespace ?? "";
    if (this.#tasks.get(namespace) === run) this.#tasks.delete(namespace);
  }

  remember(toolCallId: string, requester: Key, turn: Turn): void {
    if (turn.ended) return;
    turn.requesters.set(toolCallId, requester);
    const [oldest] = turn.requesters.keys();
    if (turn.requesters.size > mostRequesters && oldest !== undefined)
      turn.requesters.delete(oldest);
  }

  endTurn(turn: Turn): void {
    turn.ended = true;
    turn.attempts.clear();
    const session = this.#sessions.get(turn.session);
    if (turn.suspended && session !== undefined) session.waiting = turn;
    else turn.requesters.clear();
    this.#past.push(turn);
    this.#pastRuns += turn.runIds.length;
    while (this.#pastRuns > mostPastRuns && this.#past.length > 1) this.#forgetOldest();
  }

  #forgetOldest(): void {
    const turn = this.#past.shift();
    if (turn === undefined) return;
    this.#pastRuns -= turn.runIds.length;
    for (const runId of turn.runIds) {
      const run = this.#runs.get(runId);
      if (run !== undefined) this.end(run);
      this.#runs.delete(runId);
    }
    const session = this.#sessions.get(turn.session);
    if (session === undefined) return;
    session.turns -= 1;
    if (session.turns === 0) this.#sessions.delete(turn.session);
  }
}

export function isStep(run: Run): boolean {
  return run.role.opens === "work" && run.role.kind === "step";
}

export function threadOf({ metadata }: StartedCallback): string | undefined {
  const id = metadata["thread_id"];
  return typeof id === "number" ? String(id) : textOf(id);
}

export function namespaceOf({ metadata }: StartedCallback): string | undefined {
  return textOf(metadata["langgraph_checkpoint_ns"]);
}
