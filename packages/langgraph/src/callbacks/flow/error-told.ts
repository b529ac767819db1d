import type { EventDraft } from "@spoor/core";
import type { Content } from "../content/content.ts";
import type { RunFailed } from "../native.ts";
import type { End } from "../runs/closing.ts";
import { passingOn } from "../runs/closing.ts";
import { isAbort } from "../runs/outcome.ts";
import type { Run } from "../runs/run.ts";
import type { ErrorSaid } from "./error-said.ts";
import { errorSaid, identityOf } from "./error-said.ts";
import { limitsOf } from "./limit.ts";
import { tellAbove, toldBelow } from "./told.ts";

/** How a run ends that threw, and what else is said with that. */
export interface Failing {
  readonly end: End;
  readonly marks?: readonly EventDraft[];
}

/**
 * An error is told once, on the deepest span that failed with it; what it comes up through fails too, and says no more than that. A run
 * that is plumbing tells nothing, so there the next one above does.
 */
export function failureOf(
  native: RunFailed,
  run: Run,
  error: ErrorSaid,
  content: Content,
): Failing {
  const { errorType } = error;
  const passedOn = wasTold(error, toldBelow(run).errors);
  if (passedOn || run.role.opens !== null) tellAbove(run, { errors: [identityOf(error)] });
  if (passedOn) return { end: passingOn(errorType) };
  const detail = error.text === "" ? content.json(native.error) : error.text;
  const outcome = { status: "error", errorType } as const;
  return {
    end: { outcome, ...(detail === undefined ? {} : { detail }) },
    marks: run.role.opens === null ? [] : limitsOf(native, run, error, content),
  };
}

/** A graph says of itself that it was aborted, also where what ran in it says that it had no time left. */
export function timedOutBelow(run: Run): End | undefined {
  const timedOut = toldBelow(run).errors.some((error) => error.startsWith("TimeoutError: "));
  return timedOut ? passingOn("TimeoutError") : undefined;
}

/** Several errors that come up as one are told when each of them is; what was cancelled because of the others does not count. */
function wasTold(error: ErrorSaid, told: readonly string[]): boolean {
  if (told.includes(identityOf(error))) return true;
  const parts = error.parts.map(errorSaid);
  return (
    parts.length > 0 && parts.every((part) => isAbort(part) || told.includes(identityOf(part)))
  );
}
