import type { EventDraft } from "@spoor/core";
import type { Content } from "../content/content.ts";
import { resumedByWork } from "../flow/suspension.ts";
import type { StartedCallback } from "../native.ts";
import { causeOf } from "./cause.ts";
import { inputOf } from "./input.ts";
import { openingOf } from "./opening.ts";
import { placedUnder } from "./place.ts";
import { rootStarted } from "./root.ts";
import type { Runs } from "./runs.ts";

/** A run that starts: an opening under the nearest recorded span, nothing for plumbing, and for a root its turn before that. Once a run. */
export function started(
  native: StartedCallback,
  runs: Runs,
  content: Content,
  frameworkVersion: string | undefined,
): readonly EventDraft[] {
  if (runs.find(native.runId) !== undefined) return [];
  const parent = runs.parentOf(native);
  if (parent === undefined) return rootStarted(native, runs, content, frameworkVersion);
  const run = placedUnder(parent, native, runs);
  runs.add(run);
  const goesOn = resumedByWork(native, parent);
  if (run.role.opens === null) return goesOn;
  const causedBy = causeOf(native, run, runs);
  return [...goesOn, openingOf(native, run, causedBy, inputOf(native, run, content), content)];
}
