import type { DraftOf, EventDraft, JsonValue } from "@spoor/core";
import { isRecord } from "@spoor/core";
import { closingsOf } from "./closing.ts";
import type { Content } from "../content/content.ts";
import { decisionsOf } from "../flow/decision.ts";
import { modelEnded } from "../model/end.ts";
import type { RunEnded, RunFailed } from "../native.ts";
import { thrown } from "./outcome.ts";
import { known } from "../reading.ts";
import type { Run, Runs } from "./runs.ts";
import { said } from "../said.ts";
import { raisedByNodes } from "../flow/suspension.ts";

/** A run that ended well: what it answered, what it used, where it goes next. Once a run. */
export function ended(native: RunEnded, runs: Runs, content: Content): readonly EventDraft[] {
  const run = runs.find(native.runId);
  if (run === undefined || run.ended) return [];
  runs.end(run);
  if (run.role.opens === "model") return modelEnded(native, run, runs, content);
  const decisions = decisionsOf(native, run);
  if (run.role.opens === null) return decisions;
  const raised = raisedByNodes(native, run, content);
  const waits = run.suspended || (run.parent === null && run.turn.suspended);
  const end = {
    outcome: { status: waits ? "suspended" : "ok" },
    ...known({ output: outputOf(native, run, content) }),
  } as const;
  return [...raised, ...decisions, ...closingsOf(native, run, runs, end)];
}

/** A run that threw: an error, a pause, a handover or a cancellation. Once a run. */
export function failed(native: RunFailed, runs: Runs): readonly EventDraft[] {
  const run = runs.find(native.runId);
  if (run === undefined || run.ended) return [];
  runs.end(run);
  const { outcome, detail, interrupts, handsTo } = thrown(native.error);
  if (run.parent?.runId === run.turn.rootRunId)
    run.turn.unannounced = [...run.turn.unannounced, ...interrupts];
  const end = { outcome, ...known({ detail }) };
  return [...handoffsOf(native, run, handsTo), ...closingsOf(native, run, runs, end)];
}

/** On the run where the handover starts; above it the same error only passes through. */
function handoffsOf(
  native: RunFailed,
  run: Run,
  handsTo: readonly string[],
): readonly DraftOf<"handoff.made">[] {
  if (handsTo.length > 0 && run.parent !== null) run.parent.handedOver = true;
  if (run.handedOver) return [];
  return handsTo.map((to, index) => ({
    type: "handoff.made",
    ...said(native, run.turn),
    on: run.span,
    mark: `${run.runId}:${index}`,
    to,
  }));
}

/** A tool's message is an envelope around its answer. */
function outputOf(native: RunEnded, run: Run, content: Content): JsonValue | undefined {
  const output = content.json(native.output);
  const enveloped = run.role.opens === "tool" && isRecord(output) && output["role"] === "tool";
  return enveloped ? output["content"] : output;
}
