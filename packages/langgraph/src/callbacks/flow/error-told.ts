import type { EventDraft } from "@spoor/core";
import type { Content } from "../content/content.ts";
import type { RunFailed } from "../native.ts";
import { readOr } from "../reading.ts";
import type { End } from "../runs/closing.ts";
import { passingOn } from "../runs/closing.ts";
import { isAbort } from "../runs/outcome.ts";
import type { Run } from "../runs/run.ts";
import type { ErrorSaid } from "./error-said.ts";
import { causesOf, errorSaid, identityOf } from "./error-said.ts";
import { limitsOf } from "./limit.ts";
import type { ToldError } from "./told.ts";
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
  const passedOn = wasTold(native.error, error, toldBelow(run).errors);
  if (passedOn || run.role.opens !== null) {
    const live = liveError(native.error);
    const thrown = live === null ? null : new WeakRef(live);
    tellAbove(run, { errors: [{ identity: identityOf(error), thrown }] });
  }
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
  const timedOut = toldBelow(run).errors.some(({ identity }) =>
    identity.startsWith("TimeoutError: "),
  );
  return timedOut ? passingOn("TimeoutError") : undefined;
}

/** Several errors that come up as one are told when each of them is; what was cancelled because of the others does not count. */
function wasTold(thrown: unknown, error: ErrorSaid, told: readonly ToldError[]): boolean {
  const words = told.map(({ identity }) => identity);
  if (told.some((earlier) => isSame(thrown, identityOf(error), earlier))) return true;
  const parts = error.parts.map(errorSaid);
  return (
    parts.length > 0 && parts.every((part) => isAbort(part) || words.includes(identityOf(part)))
  );
}

/** The same words in another error are another one, unless it wraps the first. Of what was recorded there are only the words. */
function isSame(thrown: unknown, identity: string, earlier: ToldError): boolean {
  if (identity !== earlier.identity) return false;
  if (earlier.thrown === null || liveError(thrown) === null) return true;
  const first = earlier.thrown.deref();
  return thrown === first || causesOf(thrown).some((cause) => cause === first);
}

function liveError(thrown: unknown): Error | null {
  return readOr(null, () => (thrown instanceof Error ? thrown : null));
}
