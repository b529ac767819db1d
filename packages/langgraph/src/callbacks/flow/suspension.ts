import type { DraftOf, EventDraft } from "@spoor/core";
import type { Content } from "../content/content.ts";
import type { Interrupted, Resumed, RunEnded } from "../native.ts";
import { fieldsOf, known, textOf } from "../reading.ts";
import type { Run, Runs, Turn } from "../runs/runs.ts";
import { said } from "../said.ts";

type Raised = DraftOf<"interrupt.raised">;

/** The outermost graph stops for an answer, or at a breakpoint. Once a graph run. */
export function interrupted(
  native: Interrupted,
  runs: Runs,
  content: Content,
): readonly EventDraft[] {
  const run = outermostRun(native, runs);
  if (run === undefined || run.suspended) return [];
  run.suspended = true;
  return raised(native, run.turn, native.interrupts, content, native.checkpointId);
}

/** LangGraph before 1.4.17 announces nothing: then the errors of the root's nodes are all there is, and no checkpoint names the wait. */
export function raisedByNodes(native: RunEnded, run: Run, content: Content): readonly EventDraft[] {
  const { turn } = run;
  if (run.parent !== null || turn.suspended || turn.unannounced.length === 0) return [];
  return raised(native, turn, turn.unannounced, content);
}

function raised(
  native: Interrupted | RunEnded,
  turn: Turn,
  interrupts: readonly unknown[],
  content: Content,
  wait?: string,
): readonly Raised[] {
  turn.suspended = true;
  const on = { type: "interrupt.raised", ...said(native, turn), on: turn.key } as const;
  if (interrupts.length === 0) return [{ ...on, mark: markOf(wait), ...known({ wait }) }];
  return interrupts.map((interrupt, ordinal) => {
    const { id, value } = fieldsOf(interrupt);
    const payload = content.json(value);
    return { ...on, mark: markOf(wait, textOf(id), ordinal), ...known({ wait, payload }) };
  });
}

/** The same interrupt of the same wait in any process; the ordinal, because two in one node may share an id. */
function markOf(...parts: readonly (string | number | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(":") || "interrupt";
}

/** LangGraph tells the checkpoint only after the root has started. A replay of a checkpoint is told in the same way and resolves nothing. */
export function resumed(native: Resumed, runs: Runs): readonly EventDraft[] {
  const turn = outermostRun(native, runs)?.turn;
  if (turn?.resumes === undefined || turn.resolved) return [];
  turn.resolved = true;
  const wait = native.checkpointId;
  return [
    {
      type: "interrupt.resolved",
      ...said(native, turn),
      on: turn.key,
      mark: wait ?? "resume",
      ...known({ wait, answer: turn.resumes.answer }),
    },
  ];
}

/** Subgraphs tell of their own suspension too; the turn's is told once, by the graph that no other graph runs. */
function outermostRun(native: Interrupted | Resumed, runs: Runs): Run | undefined {
  const run = runs.find(native.runId);
  const isOutermost = native.checkpointNamespace.length === 0;
  return isOutermost && run !== undefined && !run.ended ? run : undefined;
}
