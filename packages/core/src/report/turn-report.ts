import { costReport } from "./cost-report.ts";
import { valueBehind } from "./value-behind.ts";
import { isoTime } from "./iso-time.ts";
import { marksOn } from "./mark-report.ts";
import type { Reading } from "./reading.ts";
import type { TurnReport } from "./report.ts";
import { spanReport } from "./span-report.ts";
import { turnLinks } from "./turn-links.ts";
import type { Turn } from "./turn.ts";
import { unattributedOf, unattributedReport, usageOfCalls, usageReport } from "./usage-report.ts";

export function turnReport(
  turn: Turn,
  place: { readonly index: number; readonly before: Turn | null },
  reading: Reading,
): TurnReport {
  const { content, cost } = reading;
  const { first, last, activations, spans } = turn;
  return {
    index: place.index,
    turnId: turn.id,
    traceId: first.traceId,
    activations: activations.length,
    continuation: first.continuation,
    status: last.status,
    startedAt: isoTime(first.startedAt),
    endedAt: isoTime(last.endedAt),
    input: valueBehind(first.input, content),
    output: valueBehind(last.output, content),
    usage: usageReport(usageOfCalls(spans)),
    unattributed: unattributedReport(unattributedOf(activations)),
    cost: costReport(spans, cost),
    links: turnLinks(turn, place.before),
    spans: spans.map((span) => spanReport(span, reading)),
    marks: marksOn(spans, content),
  };
}
