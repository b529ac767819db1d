import type { DeliveryReport } from "@spoor/core";

/** A report as `--json` has it: docs/spec/export-json.md. */
export type ReportJson = Omit<DeliveryReport, "failure" | "cursorFailure"> & {
  readonly failure: string | null;
  readonly cursorFailure: string | null;
};

export function reportJson(report: DeliveryReport): ReportJson {
  const { failure, cursorFailure } = report;
  return {
    ...report,
    failure: failure?.message ?? null,
    cursorFailure: cursorFailure?.message ?? null,
  };
}

/** Whether the destination has all that it should. */
export const isComplete = ({ dropped, pending, unread, missed }: DeliveryReport): boolean =>
  dropped + pending + unread + missed === 0;

/** One line for people. */
export function reportLine(name: string, report: DeliveryReport): string {
  const { accepted, delivered, filtered, dropped, pending, unread, missed, failure } = report;
  const parts = [
    `${delivered} of ${accepted} delivered`,
    ...(filtered > 0 ? [`${filtered} left out`] : []),
    ...(dropped > 0 ? [`${dropped} refused`] : []),
    ...(pending > 0 ? [`${pending} pending`] : []),
    ...(unread > 0 ? [`${unread} of the journal not read yet`] : []),
    ...(missed > 0 ? [`${missed} gone from the journal before they were read`] : []),
  ];
  return `${name}: ${parts.join(", ")}${failure ? ` (${failure.message})` : ""}`;
}
