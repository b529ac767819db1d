import { type EventDraft, type Outcome, type ReceivedSpan, receivedFailure } from "@spoor/core";

type Ending = Pick<Extract<EventDraft, { type: "work.ended" }>, "outcome" | "detail">;

/** How a span ended. A failure that a span inside tells of is passed on; what was cancelled looks like what went well, unless others tell. */
export function endOf(span: ReceivedSpan, failedBelow: boolean): Ending {
  const failure = receivedFailure(span);
  if (failure === null) return { outcome: { status: "ok" } };
  const { detail } = failure;
  const errorType = classIn(failure.errorType);
  const outcome: Outcome = failedBelow
    ? { status: "error", errorType, passedOn: true }
    : { status: "error", errorType };
  return { outcome, ...(detail === undefined || failedBelow ? {} : { detail }) };
}

/** The log and the framework's own attributes name exceptions without the module that they are defined in. */
export const classIn = (errorType: string): string => errorType.split(".").at(-1) ?? errorType;
