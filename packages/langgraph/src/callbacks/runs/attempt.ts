import type { ModelStarted, StartedCallback } from "../native.ts";
import { modelRequestOf } from "./model-request.ts";
import type { Run } from "./run.ts";
import { graphOf, namespaceOf } from "./run.ts";
import type { Runs } from "./runs.ts";

/** Which try of the same thing a run that starts is; the first is 1. What makes it another try differs by what runs. */
export function attemptOf(
  started: StartedCallback,
  { parent, host, runs }: { readonly parent: Run; readonly host: Run; readonly runs: Runs },
): number {
  const tagged = taggedAttempt(started);
  if (tagged !== undefined) return tagged;
  switch (started.kind) {
    case "model.started":
      return modelAttempt(started, host);
    case "tool.started":
      return parent.turn.calls.triesOf(started.toolCallId, parent.runId, graphOf(parent)) + 1;
    case "chain.started":
      return taskAttempt(started, parent, runs);
    case "retriever.started":
      return 1;
    default:
      return started satisfies never;
  }
}

/** Where the one before it, of the same span, failed over the same messages: a fallback, or a retry by a middleware or by hand. */
function modelAttempt(started: ModelStarted, { latestModel }: Run): number {
  if (latestModel?.failed !== true) return 1;
  const { count, latest } = modelRequestOf(started);
  const same = latestModel.request?.count === count && latestModel.request.latest === latest;
  return same ? latestModel.attempt + 1 : 1;
}

/** LangChain's own retries say it. */
function taggedAttempt({ tags }: StartedCallback): number | undefined {
  const attempt = tags.map((tag) => /^retry:attempt:(\d{1,6})$/.exec(tag)?.[1]).find(Boolean);
  return attempt === undefined ? undefined : Number(attempt);
}

/** Runs of one task of a graph below the same parent: a retry policy. */
function taskAttempt(started: StartedCallback, parent: Run, runs: Runs): number {
  if (namespaceOf(started) === undefined) return 1;
  const earlier = runs.earlierTryOf(started);
  return earlier !== undefined && earlier.parent === parent ? earlier.attempt + 1 : 1;
}
