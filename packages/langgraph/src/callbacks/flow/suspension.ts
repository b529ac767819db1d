import type { DraftOf, EventDraft, JsonValue, Key } from "@spoor/core";
import type { Content } from "../content/content.ts";
import type { Interrupted, Resumed, RunEnded, RunFailed, StartedCallback } from "../native.ts";
import { known, memberOf, textOf } from "../reading.ts";
import type { Run } from "../runs/run.ts";
import { isOutermost } from "../runs/run.ts";
import type { Runs } from "../runs/runs.ts";
import type { Turn } from "../runs/turn.ts";
import { said } from "../said.ts";

type Raised = DraftOf<"interrupt.raised">;
type Resolved = DraftOf<"interrupt.resolved">;

/** The outermost graph of a thread stops for an answer, or at a breakpoint. Once a graph run. */
export function interrupted(
  native: Interrupted,
  runs: Runs,
  content: Content,
): readonly EventDraft[] {
  const run = outermostRun(native, runs);
  if (run === undefined || run.suspended) return [];
  run.suspended = true;
  const wait = native.checkpointId;
  const status = native.status === "pending" ? undefined : native.status;
  const stop = { wait, native: status === undefined ? undefined : { status } };
  if (!isOutermost(run)) return raised(native, run, run.span, native.interrupts, content, stop);
  run.turn.suspended = true;
  if (wait !== undefined) run.turn.waitsAt = wait;
  return raised(native, run, run.turn.key, native.interrupts, content, stop);
}

/** LangGraph before 1.4.17 announces nothing: then the errors of its nodes are all there is, and the wait has the turn's name. */
export function raisedByNodes(native: RunEnded, run: Run, content: Content): readonly Raised[] {
  const { turn } = run;
  if (!isOutermost(run) || turn.suspended || turn.unannounced === undefined) return [];
  run.suspended = true;
  turn.suspended = true;
  turn.waitsAt = turn.key;
  return raised(native, run, turn.key, turn.unannounced, content, { wait: turn.key });
}

/** The errors of the outermost graph's own nodes are kept, for where nobody announces what they stand for. */
export function waitingBelow({ parent, turn }: Run, interrupts: readonly unknown[]): void {
  if (parent === null || !isOutermost(parent)) return;
  turn.unannounced = [...(turn.unannounced ?? []), ...interrupts];
}

/** A drained graph asks nothing and waits all the same: it goes on where somebody lets it. */
export function raisedByDrain(native: RunFailed, run: Run, reason: string): readonly Raised[] {
  if (run.parent !== null) return [];
  const { key } = run.turn;
  run.turn.waitsAt = key;
  const on = { type: "interrupt.raised", ...said(native, run.turn), on: key, wait: key } as const;
  return [{ ...on, mark: "drain", payload: { reason } }];
}

interface Stop {
  readonly wait?: string | undefined;
  readonly native?: JsonValue | undefined;
}

function raised(
  native: Interrupted | RunEnded,
  run: Run,
  on: Key,
  interrupts: readonly unknown[],
  content: Content,
  stop: Stop,
): readonly Raised[] {
  const mark = { type: "interrupt.raised", ...said(native, run.turn), on } as const;
  const { wait } = stop;
  if (interrupts.length === 0) return [{ ...mark, mark: markOf(wait), ...known({ ...stop }) }];
  return interrupts.map((interrupt, ordinal) => {
    const id = textOf(memberOf(interrupt, "id"));
    const payload = content.json(memberOf(interrupt, "value"));
    return { ...mark, mark: markOf(wait, id, ordinal), ...known({ ...stop, payload }) };
  });
}

/** The same interrupt of the same wait in any process; the ordinal, because two in one node may share an id. */
function markOf(...parts: readonly (string | number | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(":") || "interrupt";
}

/** LangGraph tells the checkpoint only after the root has started. A replay of a checkpoint is told in the same way and resolves nothing. */
export function resumed(native: Resumed, runs: Runs): readonly Resolved[] {
  const run = outermostRun(native, runs);
  if (run === undefined || !isOutermost(run)) return [];
  const { turn } = run;
  if (turn.continuation.resumes !== undefined) turn.wentOnFrom ??= native.checkpointId;
  return resolved(native, turn, native.checkpointId);
}

/** LangGraph before 1.4.17 tells no resume: then work that begins under the root shows that the graph went on. */
export function resumedByWork(native: StartedCallback, { parent, turn }: Run): readonly Resolved[] {
  return parent === null ? resolved(native, turn, undefined) : [];
}

function resolved(
  native: Resumed | StartedCallback,
  turn: Turn,
  checkpointId: string | undefined,
): readonly Resolved[] {
  const { resolves } = turn.continuation;
  if (resolves === undefined || turn.resolved) return [];
  turn.resolved = true;
  const { wait = checkpointId, answer } = resolves;
  turn.wentOnFrom ??= wait;
  return [
    {
      type: "interrupt.resolved",
      ...said(native, turn),
      on: turn.key,
      mark: wait ?? "resume",
      ...known({ wait, answer }),
    },
  ];
}

/** Subgraphs tell of their own suspension too; a thread's is told once, by the graph that no other graph of it runs. */
function outermostRun(native: Interrupted | Resumed, runs: Runs): Run | undefined {
  const run = runs.find(native.runId);
  const isOutermost = native.checkpointNamespace.every((name) => name === "");
  return isOutermost && run !== undefined && !run.ended ? run : undefined;
}
