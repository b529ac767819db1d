import type { ContentReader } from "../../journal/content.ts";
import type { SessionView } from "../../run-tree/run-tree.ts";
import type { ReportOptions } from "../cost-report.ts";
import type { SessionSummary } from "../report.ts";
import { sessionSummary } from "../session-summary.ts";
import { turnsIn } from "../turn.ts";
import { contextSizes } from "./context-size.ts";
import { type Remark, remarksOn } from "./remarks.ts";
import { figuresOf, type TurnFigures } from "./turn-figures.ts";

/** A session at a glance: `spoor show --outline --json`. Fields are added, their meanings never change. */
export interface SessionOutline {
  readonly session: SessionSummary;
  readonly turns: readonly TurnOutline[];
  /** How many spans lie in no turn that is known. */
  readonly unplaced: number;
}

export interface TurnOutline extends TurnFigures {
  /** What makes it stand out among the turns of its session; empty: nothing does. */
  readonly remarks: readonly Remark[];
}

/** Linear in the spans: no context is put together for it. */
export function sessionOutline(
  view: SessionView,
  content: ContentReader,
  options: ReportOptions = {},
): SessionOutline {
  const turns = turnsIn(view.spans);
  const contexts = contextSizes(turns, view.spans);
  const figures = turns.map((turn, index) => ({
    index,
    ...figuresOf(turn, content, options),
    context: contexts[index] ?? null,
  }));
  const remarks = remarksOn(figures);
  return {
    session: sessionSummary(view, content, options),
    turns: figures.map((turn, index) => ({ ...turn, remarks: remarks[index] ?? [] })),
    unplaced: view.spans.filter(({ turnSpanId }) => turnSpanId === null).length,
  };
}
