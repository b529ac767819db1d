import type { EventDraft } from "@spoor/core";
import type { Content } from "../content/content.ts";
import { resumedByWork } from "../flow/suspension.ts";
import type { StartedCallback } from "../native.ts";
import { causeOf } from "./cause.ts";
import { inputOf } from "./input.ts";
import { openingOf } from "./opening.ts";
import { placedUnder } from "./place.ts";
import { rootStarted } from "./root.ts";
import type { Run } from "./run.ts";
import type { Runs } from "./runs.ts";

/**
 * A run that starts: an opening under the nearest recorded span, nothing for plumbing, and for a root its turn before that. Once a run; a root
 * that is given the run id of one that has ended is another run.
 */
export function started(
  native: StartedCallback,
  runs: Runs,
  content: Content,
  frameworkVersion: string | undefined,
): readonly EventDraft[] {
  const namesake = runs.find(native.runId);
  if (namesake !== undefined && !isAnother(native, namesake)) return [];
  const parent = runs.parentOf(native);
  if (parent === undefined) return rootStarted(native, runs, content, frameworkVersion);
  const run = placedUnder(parent, native, runs);
  runs.add(run);
  const goesOn = resumedByWork(native, parent);
  if (run.role.opens === null) return goesOn;
  const causedBy = causeOf(native, run, runs);
  return [...goesOn, openingOf(native, run, causedBy, inputOf(native, run, content), content)];
}

/** A recording that is read again tells of the same place in it. */
function isAnother({ parentRunId, order }: StartedCallback, { parent, ended, turn }: Run): boolean {
  if (parentRunId !== undefined || parent !== null || !ended) return false;
  return order === undefined || order > (turn.order ?? order);
}
