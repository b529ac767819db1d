import type { JournalHealth, RecorderHealth } from "@spoor/core";
import { plural } from "../printing/output.ts";
import type { ImportReport } from "./import-report.ts";

export interface Outcome {
  readonly report: ImportReport;
  readonly recorder: RecorderHealth;
  readonly journal: JournalHealth;
  /** What the journal had lost to its bound before. */
  readonly removedBefore: number;
}

const mostNamed = 20;

/** What somebody has to know whose input was fine, but is not all in the journal: a sentence each. */
export function warningsOf({
  report,
  recorder,
  journal,
  removedBefore,
}: Outcome): readonly string[] {
  const { broken, stopped } = report;
  const removed = journal.removed - removedBefore;
  const lost = journal.lost + journal.lostContent;
  const unnamed = broken.length - mostNamed;
  return [
    ...broken.slice(0, mostNamed).map(({ file, reason }) => `${file} was left out: ${reason}`),
    ...(unnamed > 0 ? [`${plural(unnamed, "more file")} could not be read`] : []),
    ...(recorder.refused > 0
      ? [
          `${plural(recorder.refused, "fact")} could not be recorded: ${because(recorder.lastRefusal)}`,
        ]
      : []),
    ...(removed > 0
      ? [`the journal is full: the oldest entries had to go, ${removed} of them`]
      : []),
    ...(lost > 0 ? [`${lost} writes failed (${because(journal.failure)}): import again`] : []),
    ...(stopped
      ? ["stopped before the end: what was read is kept, import again for the rest"]
      : []),
  ];
}

/** Whether something is not in the journal that another import could bring there. */
export const isIncomplete = ({ report, journal }: Outcome): boolean =>
  report.broken.length > 0 || report.stopped || journal.lost + journal.lostContent > 0;

const because = (error: Error | null): string => error?.message ?? "no reason was given";
