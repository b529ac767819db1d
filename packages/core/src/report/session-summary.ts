import type { ContentReader } from "../journal/content.ts";
import type { SessionView } from "../run-tree/run-tree.ts";
import type { Span, SpanLabels } from "../run-tree/span.ts";
import type { Usage } from "../vocabulary/usage.ts";
import { costReport, type ReportOptions } from "./cost-report.ts";
import { valueBehind } from "./value-behind.ts";
import { isoTime } from "./iso-time.ts";
import type { SessionSummary } from "./report.ts";
import { type Turn, turnsIn } from "./turn.ts";
import { unattributedOf, unattributedReport, usageOfCalls, usageReport } from "./usage-report.ts";

type Labels = Partial<SpanLabels>;

/** A session at a glance: the `session` of its report. */
export function sessionSummary(
  view: SessionView,
  content: ContentReader,
  { cost }: ReportOptions = {},
): SessionSummary {
  const { started, spans } = view;
  const turns = turnsIn(spans);
  const calls = spans.filter(({ kind }) => kind === "model");
  const usage = usageOfCalls(spans);
  const unattributed = unattributedOf(turns.flatMap(({ activations }) => activations));
  const said: readonly Labels[] = [
    ...(started ? [started] : []),
    ...turns.map(({ first }) => first.labels),
  ];
  const label = <Value>(pick: (labels: Labels) => Value): NonNullable<Value> | null =>
    said.map(pick).find(isKnown) ?? null;
  return {
    id: view.id,
    inferred: started?.inferred ?? false,
    framework: started?.framework ?? null,
    userId: valueBehind(
      label(({ userId }) => userId),
      content,
    ),
    feature: label(({ feature }) => feature),
    tags: tagsOf(view, turns),
    environment: label(({ environment }) => environment),
    release: label(({ release }) => release),
    status: turns.at(-1)?.last.status ?? "open",
    startedAt: isoTime(startOf(view)),
    endedAt: isoTime(endOf(turns)),
    turns: turns.length,
    modelCalls: calls.length,
    toolCalls: spans.filter(({ kind }) => kind === "tool").length,
    errors: spans.filter(hasErrorOfItsOwn).length,
    usage: usageReport(usage),
    unattributed: unattributedReport(unattributed),
    usageComplete: view.usageComplete && isTold(calls, usage, unattributed),
    cost: costReport(spans, cost),
  };
}

const isKnown = <Value>(value: Value): value is NonNullable<Value> =>
  value !== null && value !== undefined;

const hasErrorOfItsOwn = ({ errorType, errorPassedOn }: Span): boolean =>
  errorType !== null && !errorPassedOn;

function tagsOf({ started }: SessionView, turns: readonly Turn[]): readonly string[] {
  const onTurns = turns.flatMap(({ activations }) =>
    activations.flatMap(({ labels }) => labels.tags),
  );
  return [...new Set([...(started?.tags ?? []), ...onTurns])];
}

/** Every call has input and output: a final report that names neither has counted nothing. */
function isTold(calls: readonly Span[], usage: Usage, unattributed: Usage | null): boolean {
  return (
    calls.length === 0 ||
    ((usage.input ?? unattributed?.input ?? null) !== null &&
      (usage.output ?? unattributed?.output ?? null) !== null)
  );
}

function startOf({ started, spans }: SessionView): number | null {
  const times = [started?.at?.ms, ...spans.map(({ startedAt }) => startedAt)].filter(isKnown);
  return times.length === 0 ? null : times.reduce((left, right) => Math.min(left, right));
}

/** Nobody sees a session end: this is when its last turn did, and unknown while that is. */
function endOf(turns: readonly Turn[]): number | null {
  const end = turns.at(-1)?.last.endedAt ?? null;
  if (end === null) return null;
  return turns.reduce((latest, { last }) => Math.max(latest, last.endedAt ?? latest), end);
}
