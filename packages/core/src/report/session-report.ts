import type { ContentReader } from "../journal/content.ts";
import type { SessionView } from "../run-tree/run-tree.ts";
import { contextHasher } from "./context-hash.ts";
import { type ReportOptions, withoutPrices } from "./cost-report.ts";
import { markReport, marksOn } from "./mark-report.ts";
import type { SessionReport } from "./report.ts";
import { sessionSummary } from "./session-summary.ts";
import { spanReport } from "./span-report.ts";
import { turnReport } from "./turn-report.ts";
import { turnsIn } from "./turn.ts";

/** A session as `spoor show --json` prints it. Pure: what it says follows from the view and from what the content reader still has. */
export function sessionReport(
  view: SessionView,
  content: ContentReader,
  options: ReportOptions = {},
): SessionReport {
  const reading = {
    content,
    contextHash: contextHasher(content),
    cost: options.cost ?? withoutPrices,
  };
  const turns = turnsIn(view.spans);
  const unplaced = view.spans.filter(({ turnSpanId }) => turnSpanId === null);
  return {
    session: sessionSummary(view, content, options),
    turns: turns.map((turn, index) =>
      turnReport(turn, { index, before: turns[index - 1] ?? null }, reading),
    ),
    unplaced: unplaced.map((span) => spanReport(span, reading)),
    marks: [
      ...view.marks.map((mark) => markReport(mark, null, content)),
      ...marksOn(unplaced, content),
    ],
  };
}
