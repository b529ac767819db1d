import type { SpanReport, TurnReport } from "@spoor/core";
import type { PageTurn, Place } from "../page-data.ts";
import { known } from "./known.ts";
import type { TextPool } from "./text-pool.ts";

export function pageTurn(turn: TurnReport, call: Place | undefined, texts: TextPool): PageTurn {
  const { turnId, traceId, status, activations, usage, cost, links, spans } = turn;
  const count = (counts: (span: SpanReport) => boolean): number => spans.filter(counts).length;
  return {
    id: turnId,
    traceId,
    status,
    activations,
    ...known({
      continuation: turn.continuation,
      start: timeOf(turn.startedAt),
      end: timeOf(turn.endedAt),
      input: turn.input === null ? null : texts.ofValue(turn.input),
      output: turn.output === null ? null : texts.ofValue(turn.output),
      unattributed: turn.unattributed,
      usageGrowing: spans.some(isGrowing) ? (true as const) : null,
      call,
    }),
    modelCalls: count(({ kind }) => kind === "model"),
    toolCalls: count(({ kind }) => kind === "tool"),
    errors: count(({ error }) => error !== null),
    compactions: count(({ kind }) => kind === "compaction"),
    usage,
    cost,
    links,
  };
}

const timeOf = (time: string | null): number | null => (time === null ? null : Date.parse(time));

const isGrowing = ({ usage, usageFinal }: SpanReport): boolean => usage !== null && !usageFinal;
