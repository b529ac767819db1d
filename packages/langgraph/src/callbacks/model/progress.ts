import type { EventDraft } from "@spoor/core";
import type { RunProgressed } from "../native.ts";
import type { Runs } from "../runs/runs.ts";
import { said } from "../said.ts";
import { arrivalAfter } from "./arrival.ts";

const nothing: readonly EventDraft[] = [];

/** The first piece of a model's answer, once a run: how long it took to come is read from there. Of the others only the counts are kept. */
export function progressed(native: RunProgressed, runs: Runs): readonly EventDraft[] {
  const run = runs.find(native.runId);
  if (run === undefined || run.ended || run.role.opens !== "model") return nothing;
  const before = run.arrival ?? { begun: false };
  const begins = native.carriesContent === true && !before.begun;
  if (!begins && native.usage === undefined && native.usageSoFar === undefined) return nothing;
  run.arrival = arrivalAfter(native, before);
  if (!begins) return nothing;
  return [{ type: "output.began", ...said(native, run.turn), on: run.span, mark: "first" }];
}
