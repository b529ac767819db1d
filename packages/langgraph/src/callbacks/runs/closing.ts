import type { DraftOf, EventDraft, JsonValue, Outcome } from "@spoor/core";
import type { RunEnded, RunFailed } from "../native.ts";
import type { Run } from "./run.ts";
import type { Runs } from "./runs.ts";
import { said } from "../said.ts";

/** How a run came to its end. */
export interface End {
  readonly outcome: Outcome;
  readonly output?: JsonValue;
  readonly detail?: JsonValue;
}

/** The end of what fails with an error that is told below. */
export function passingOn(errorType: string): End {
  return { outcome: { status: "error", errorType, passedOn: true } };
}

export type ModelFacts = Pick<
  DraftOf<"model.ended">,
  "model" | "finishReason" | "responseId" | "native"
>;

/** The closing of a run's own span; after a root's, that of its turn, to which an error comes up. Nothing for plumbing. */
export function closingsOf(
  native: RunEnded | RunFailed,
  run: Run,
  runs: Runs,
  end: End,
  facts: ModelFacts = {},
): readonly EventDraft[] {
  const { opens } = run.role;
  if (opens === null) return [];
  const about = said(native, run.turn);
  const own: EventDraft =
    opens === "model"
      ? { type: "model.ended", ...about, key: run.span, ...facts, ...end }
      : { type: `${opens}.ended`, ...about, key: run.span, ...end };
  if (run.parent !== null) return [own];
  run.turn.suspended = end.outcome.status === "suspended" || run.turn.waitsAgain === true;
  runs.endTurn(run.turn);
  const { outcome } = end;
  const turnEnd = outcome.status === "error" ? passingOn(outcome.errorType) : end;
  return [own, { type: "turn.ended", ...about, key: run.turn.key, ...turnEnd }];
}
