import type { ContentReader } from "../../journal/content.ts";
import type { SessionView } from "../../run-tree/run-tree.ts";
import type { JsonValue } from "../../vocabulary/json.ts";
import { contextHasher } from "../context-hash.ts";
import { type ReportOptions, withoutPrices } from "../cost-report.ts";
import type { SpanReport, TurnReport } from "../report.ts";
import { turnReport } from "../turn-report.ts";
import { turnsIn } from "../turn.ts";
import { valueBehind } from "../value-behind.ts";

/** A turn of `spoor show --json` with what was said in it: `spoor show --turn --json`. Fields are added, their meanings never change. */
export interface TurnInFull extends TurnReport {
  readonly session: string;
  /** Of the session: false when something was used in it that nobody could count. */
  readonly usageComplete: boolean;
  readonly spans: readonly SpanInFull[];
}

/** Null where nothing was said; what is not there any more is said in words. */
export interface SpanInFull extends SpanReport {
  readonly input: JsonValue;
  readonly output: JsonValue;
  /** What else a model call was asked with. */
  readonly parameters: JsonValue;
  /** How many messages a model call was sent; null where nobody recorded it. */
  readonly contextMessages: number | null;
}

/** Null: the session has no such turn. Reads the content of that turn only. */
export function turnInFull(
  view: SessionView,
  content: ContentReader,
  index: number,
  options: ReportOptions = {},
): TurnInFull | null {
  const turns = turnsIn(view.spans);
  const turn = turns[index];
  if (!turn) return null;
  const reading = {
    content,
    contextHash: contextHasher(content),
    cost: options.cost ?? withoutPrices,
  };
  const report = turnReport(turn, { index, before: turns[index - 1] ?? null }, reading);
  return {
    session: view.id,
    usageComplete: view.usageComplete,
    ...report,
    spans: report.spans.map((span, place) => {
      const { input = null, output = null, parameters = null, context } = turn.spans[place] ?? {};
      return {
        ...span,
        input: valueBehind(input, content),
        output: valueBehind(output, content),
        parameters: valueBehind(parameters, content),
        contextMessages: context?.count ?? null,
      };
    }),
  };
}
