import type { EventDraft, JsonValue } from "@spoor/core";
import { endOfCall, outcomeOfRun } from "../calls/outcome.ts";
import { callsLeft } from "../calls/across-processes.ts";
import { callsWithoutRun } from "../calls/without-run.ts";
import type { End } from "./closing.ts";
import { closingsOf } from "./closing.ts";
import type { Content } from "../content/content.ts";
import { givenBy } from "./state-place.ts";
import { decisionsOf } from "../flow/decision.ts";
import type { Failing } from "../flow/error-told.ts";
import { failureOf, timedOutBelow } from "../flow/error-told.ts";
import { handoffsOf, handoffsOfTool } from "../flow/handoff.ts";
import { raisedByDrain, raisedByNodes, waitingBelow } from "../flow/suspension.ts";
import { forgetTold, tellAbove, toldBelow } from "../flow/told.ts";
import { waitsAgain } from "../flow/unanswered.ts";
import { modelEnded, usageUntil } from "../model/end.ts";
import type { RunEnded, RunFailed } from "../native.ts";
import { isGraphAbort, thrown } from "./outcome.ts";
import { known } from "../reading.ts";
import type { Run } from "./run.ts";
import type { Runs } from "./runs.ts";

/** A run that ended well: what it answered, what it used, where it goes next. Once a run. */
export function ended(native: RunEnded, runs: Runs, content: Content): readonly EventDraft[] {
  const run = runs.find(native.runId);
  if (run === undefined || run.ended) return [];
  const unrun = callsWithoutRun(native, run, content);
  runs.end(run);
  forgetTold(run);
  if (run.role.opens === "model") return modelEnded(native, run, runs, content);
  const decisions = decisionsOf(native, run);
  if (run.role.opens === null) return decisions;
  const marks: EventDraft[] = [
    ...unrun,
    ...raisedByNodes(native, run, content),
    ...decisions,
    ...handoffsOfTool(native, run),
  ];
  const waits = run.suspended || (run.parent === null && run.turn.suspended);
  if (waits) marks.push(...callsLeft(native, run));
  const output = outputOf(native, run, content);
  const end: End = waits
    ? { outcome: { status: "suspended" }, ...known({ output }) }
    : endOfCall(outcomeOfRun(native.output, run), output);
  return [...marks, ...closingsOf(native, run, runs, end)];
}

/** A run that threw: an error, a pause, a handover or a cancellation. Once a run. */
export function failed(native: RunFailed, runs: Runs, content: Content): readonly EventDraft[] {
  const run = runs.find(native.runId);
  if (run === undefined || run.ended) return [];
  const { end, marks = [] } = failingOf(native, run, content);
  runs.end(run, end.outcome.status === "error");
  forgetTold(run);
  const again = waitsAgain(native, run, end.outcome);
  return [...marks, ...usageUntil(native, run), ...again, ...closingsOf(native, run, runs, end)];
}

function failingOf(native: RunFailed, run: Run, content: Content): Failing {
  const what = thrown(native.error);
  switch (what.kind) {
    case "interrupt":
      waitingBelow(run, what.interrupts);
      return { end: { outcome: { status: "suspended" } } };
    case "drain":
      return {
        end: { outcome: { status: "suspended" }, detail: what.reason },
        marks: raisedByDrain(native, run, what.reason),
      };
    case "handoff":
      return { end: { outcome: { status: "ok" } }, marks: handoffsOf(native, run, what.to) };
    case "abort": {
      tellAbove(run, toldBelow(run));
      const timedOut = isGraphAbort(what.error) ? timedOutBelow(run) : undefined;
      const output =
        what.partialOutput === undefined ? undefined : content.message(what.partialOutput);
      const detail = what.error.text === "" ? undefined : what.error.text;
      return {
        end: timedOut ?? { outcome: { status: "cancelled" }, ...known({ output, detail }) },
      };
    }
    case "error":
      return failureOf(native, run, what.error, content);
    default:
      return what satisfies never;
  }
}

function outputOf(native: RunEnded, run: Run, content: Content): JsonValue | undefined {
  const place = givenBy(run);
  if (run.role.opens === "tool") return content.toolAnswer(native.output, place);
  return content.state(native.output, place);
}
