import type { ContentReader } from "../../journal/content.ts";
import type { Span, Status } from "../../run-tree/span.ts";
import type { SpanId } from "../../vocabulary/event.ts";
import { costReport, type ReportOptions } from "../cost-report.ts";
import { isoTime } from "../iso-time.ts";
import type { CostReport, UsageReport } from "../report.ts";
import { excerpt } from "../tree/excerpt.ts";
import type { Turn } from "../turn.ts";
import { usageOfCalls, usageReport } from "../usage-report.ts";
import { valueBehind } from "../value-behind.ts";
import { type ContextSize, isCompaction } from "./context-size.ts";

/** What a turn was and used, in figures. */
export interface TurnFigures {
  readonly index: number;
  readonly turnId: SpanId;
  readonly status: Status;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** Which of the two nobody read off a clock. */
  readonly inferred: readonly ("startedAt" | "endedAt")[];
  /** How its input begins, on one line; null where it has none. */
  readonly input: string | null;
  readonly activations: number;
  readonly spans: number;
  readonly modelCalls: number;
  /** What answered, else what was asked for; in the order of the first calls. */
  readonly models: readonly Named[];
  /** In the order of the first calls. */
  readonly tools: readonly ToolUse[];
  /** Spans with an error. */
  readonly errors: number;
  readonly errorTypes: readonly Named[];
  readonly compactions: number;
  /** The codes of what detectors found, each once. */
  readonly findings: readonly string[];
  readonly usage: UsageReport;
  /** False: of some call only snapshots of a growing number were seen. */
  readonly usageFinal: boolean;
  readonly cost: CostReport;
  readonly context: ContextSize | null;
}

/** How often something of a name is there. */
export interface Named {
  readonly name: string;
  readonly count: number;
}

export interface ToolUse extends Named {
  readonly errors: number;
}

const longestInput = 200;

export function figuresOf(
  { id, first, last, activations, spans }: Turn,
  content: ContentReader,
  { cost }: ReportOptions,
): Omit<TurnFigures, "index" | "context"> {
  const input = valueBehind(first.input, content);
  const calls = spans.filter(({ kind }) => kind === "model");
  const failed = spans.flatMap(({ errorType, errorPassedOn }) =>
    errorType === null || errorPassedOn ? [] : errorType,
  );
  const found = spans.flatMap(({ marks }) =>
    marks.flatMap((mark) => (mark.type === "finding.raised" ? [mark.code] : [])),
  );
  return {
    turnId: id,
    status: last.status,
    startedAt: isoTime(first.startedAt),
    endedAt: isoTime(last.endedAt),
    inferred: [
      ...first.inferred.filter((time) => time === "startedAt"),
      ...last.inferred.filter((time) => time === "endedAt"),
    ],
    input: input === null ? null : excerpt(input).slice(0, longestInput).toWellFormed(),
    activations: activations.length,
    spans: spans.length,
    modelCalls: calls.length,
    models: counted(calls.map(({ model, name, requestModel }) => model ?? requestModel ?? name)),
    tools: toolsIn(spans),
    errors: failed.length,
    errorTypes: counted(failed),
    compactions: spans.filter(isCompaction).length,
    findings: [...new Set(found)],
    usage: usageReport(usageOfCalls(spans)),
    usageFinal: calls.every(({ usageFinal }) => usageFinal),
    cost: costReport(spans, cost),
  };
}

const counted = (names: readonly string[]): readonly Named[] =>
  [...Map.groupBy(names, (name) => name)].map(([name, all]) => ({ name, count: all.length }));

function toolsIn(spans: readonly Span[]): readonly ToolUse[] {
  const byName = Map.groupBy(
    spans.filter(({ kind }) => kind === "tool"),
    ({ name }) => name,
  );
  return [...byName].map(([name, calls]) => ({
    name,
    count: calls.length,
    errors: calls.filter(({ errorType }) => errorType !== null).length,
  }));
}
