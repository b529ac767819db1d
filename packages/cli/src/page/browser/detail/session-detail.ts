import { lastedText, msOf, timeText } from "../figures.ts";
import { countText } from "@spoor/core/report/text";
import { element } from "../element.ts";
import type { SessionModel } from "../model/session-model.ts";
import { paidFact, reportedText } from "../views/costs.ts";
import { statusWord } from "../views/marks-of-kind.ts";
import { lineOf } from "../visible-text.ts";
import { factList } from "./facts.ts";
import { marksSection } from "./marks.ts";
import { usageTable } from "./usage-facts.ts";

/** The session as a whole: what is known about it, and what was noted on none of its spans. */
export function sessionDetail(model: SessionModel): readonly Node[] {
  const { session, turns, marks } = model.data;
  const { modelCalls, toolCalls, usage, unattributed, cost } = session;
  const [start, end] = [msOf(session.startedAt), msOf(session.endedAt)];
  const isGrowing = turns.some(({ usageGrowing }) => usageGrowing);
  const parts = [
    element("h2", {}, "Session", statusWord(session.status)),
    factList([
      ["id", lineOf(session.id, 300)],
      ["framework", lineOf(session.framework ?? "", 100)],
      ["started", start === undefined ? "" : timeText(start, true)],
      ["ended", end === undefined ? "" : timeText(end, true)],
      ["took", lastedText(start, end)],
      ["did", [countText(modelCalls, "model call"), countText(toolCalls, "tool call")].join(", ")],
      ["cost", paidFact(cost, session.usageComplete)],
      ["reported cost", reportedText(cost)],
    ]),
    modelCalls > 0 ? usageTable(usage, isGrowing) : null,
    ...(unattributed
      ? [element("h3", {}, "Used by no call that was seen"), usageTable(unattributed, false)]
      : []),
    marksSection(model, marks),
  ];
  return parts.filter((part) => part !== null);
}
