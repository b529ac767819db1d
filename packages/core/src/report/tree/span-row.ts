import type { Status } from "../../run-tree/span.ts";
import type { CostReport, ErrorReport, MarkReport, SpanReport, UsageReport } from "../report.ts";
import { onOneLine } from "../../terminal/one-line.ts";
import { excerpt } from "./excerpt.ts";
import { cachedText, costText, durationText, inputOf, tokensText } from "./figures.ts";
import type { References } from "./references.ts";
import type { Row } from "./row.ts";
import { type Line, piece, type Piece, type Style } from "./styled-text.ts";

/** What a line about a span needs to know beyond the span. */
export interface Surroundings {
  readonly times: boolean;
  readonly references: References;
  readonly isFar: (span: SpanReport) => boolean;
  /** What was said in a span, in rows below its own. Default: nothing is shown of it. */
  readonly saidIn?: (span: SpanReport, guide: string) => readonly Row[];
  /** A mark in rows of its own; null: as in the tree. Default: all are. */
  readonly toldBy?: (mark: MarkReport, guide: string) => readonly Row[] | null;
}

export function spanRow(
  span: SpanReport,
  guide: string,
  above: SpanReport | null,
  surroundings: Surroundings,
): Row {
  const { error, kind, name } = span;
  return {
    guide,
    label: [
      ...(name === kind ? [] : [piece(`${kindText(kind)} `, "dim")]),
      piece(name === kind ? kindText(kind) : onOneLine(name), error ? "red" : undefined),
    ],
    cells: [
      statusCell(span.status),
      ...durationCell(span, surroundings.times),
      ...(kind === "model"
        ? [
            ...usageCells(span.usage, span.usageFinal),
            costCell({ usd: span.costUsd, unpriced: span.usageFinal ? 0 : 1 }),
          ]
        : []),
    ],
    notes: notesOf(span, above, surroundings),
  };
}

/** Drawn by itself, a span of kind turn is one activation among several. */
const kindText = (kind: SpanReport["kind"]): string => (kind === "turn" ? "activation" : kind);

const statusStyles: Readonly<Record<Status, Style>> = {
  ok: "green",
  error: "red",
  cancelled: "yellow",
  suspended: "yellow",
  open: "cyan",
  abandoned: "yellow",
};

export const statusCell = (status: Status): Piece => piece(status, statusStyles[status]);

interface Timed {
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly inferred: readonly string[];
}

/** A tilde where one of the times was reasoned, not read off a clock. */
export function durationCell({ startedAt, endedAt, inferred }: Timed, times: boolean): Line {
  if (!times) return [];
  const duration = durationText(startedAt, endedAt);
  return [piece(duration !== "?" && inferred.length > 0 ? `~${duration}` : duration, "dim")];
}

/** At least, where only snapshots of a call were seen. */
export function usageCells(usage: UsageReport | null, final: boolean): Line {
  const atLeast = (tokens: number | null): string =>
    tokens !== null && !final ? `\u2265${tokensText(tokens)}` : tokensText(tokens);
  return [
    piece(`${atLeast(usage && inputOf(usage))} in`),
    piece(usage ? cachedText(usage) : "", "dim"),
    piece(`${atLeast(usage?.output ?? null)} out`),
  ];
}

/** At least, where a part of it is not known. */
export const costCell = (cost: Pick<CostReport, "usd" | "unpriced">): Piece =>
  piece(costText(cost));

const expectedFinishes: ReadonlySet<string> = new Set([
  "end_turn",
  "stop",
  "tool_calls",
  "tool_use",
  "tool-calls",
]);

function notesOf(span: SpanReport, above: SpanReport | null, surroundings: Surroundings): Line {
  const { agent, attempt, error, finishReason, kind, model, name } = span;
  const notes: Piece[] = [];
  const tag = surroundings.references.get(span.spanId);
  if (tag !== undefined) notes.push(piece(tag, "cyan"));
  if (surroundings.isFar(span)) notes.push(piece(causeText(span, surroundings), "cyan"));
  if (model !== null && model !== name) notes.push(piece(onOneLine(model), "dim"));
  if (agent !== null && agent !== above?.agent && agent !== name && kind !== "agent")
    notes.push(piece(`@${onOneLine(agent)}`, "dim"));
  if (attempt !== null && attempt > 1) notes.push(piece(`attempt ${attempt}`, "yellow"));
  if (finishReason !== null && !expectedFinishes.has(finishReason))
    notes.push(piece(onOneLine(finishReason), "yellow"));
  if (error) notes.push(errorPiece(error));
  return spaced(notes);
}

export function errorPiece({ type, message }: ErrorReport): Piece {
  return piece(
    message === null ? onOneLine(type) : `${onOneLine(type)}: ${excerpt(message)}`,
    "red",
  );
}

function causeText({ causedBy }: SpanReport, { references }: Surroundings): string {
  return `\u2190 ${(causedBy && references.get(causedBy)) ?? "?"}`;
}

export function spaced(pieces: readonly Piece[]): Line {
  return pieces.flatMap((part, index) => (index === 0 ? [part] : [piece("  "), part]));
}
