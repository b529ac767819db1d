import type { Status } from "../../run-tree/span.ts";
import type { SpanId } from "../../vocabulary/event.ts";
import type { ErrorReport, MarkReport, SpanReport, UsageReport } from "../report.ts";
import { cutTo } from "../../terminal/columns.ts";
import { onOneLine } from "../../terminal/one-line.ts";
import type { JsonValue } from "../../vocabulary/json.ts";
import { excerpt } from "./excerpt.ts";
import { durationBetween } from "../text/duration.ts";
import { costText, type Priced } from "../text/money.ts";
import { cachedText, inputOf, tokensText } from "../text/tokens.ts";
import type { References } from "./references.ts";
import type { Row } from "./row.ts";
import { type Line, piece, type Piece, type Style } from "./styled-text.ts";

/** What a line about a span needs to know beyond the span. */
export interface Surroundings {
  readonly times: boolean;
  readonly references: References;
  /** Those of its causes that the row has to name. */
  readonly farCauses: (span: SpanReport) => readonly SpanId[];
  /** All that was used was counted, if not by the calls, then by totals: what turns cost is exact. */
  readonly isCounted: boolean;
  /** What a tool call was asked, in a few words on its row. Default: not told there. */
  readonly asked?: (tool: SpanId) => JsonValue;
  /** What was said in a span, in rows below its own. Default: nothing is shown of it. */
  readonly saidIn?: (span: SpanReport, guide: string) => readonly Row[];
  /** A mark on a span in rows of its own; null: as in the tree. Default: all are. */
  readonly toldBy?: (
    mark: MarkReport,
    above: SpanReport | null,
    guide: string,
  ) => readonly Row[] | null;
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
            costCell({ usd: span.costUsd }, span.usageFinal),
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
  return [piece(durationBetween(startedAt, endedAt, inferred.length > 0), "dim")];
}

/** At least, where only snapshots of a call were seen. */
export function usageCells(usage: UsageReport | null, final: boolean): Line {
  const cached = usage ? cachedText(usage) : "";
  return [
    piece(`${tokensText(usage && inputOf(usage), !final)} in`),
    piece(cached === "" ? "" : `${cached} cached`, "dim"),
    piece(`${tokensText(usage?.output, !final)} out`),
  ];
}

/** At least, where a part of it is not known, or of what was used only snapshots were seen. */
export const costCell = (cost: Priced, isCounted: boolean): Piece =>
  piece(costText(cost, isCounted));

const expectedFinishes: ReadonlySet<string> = new Set([
  "end_turn",
  "stop",
  "tool_calls",
  "tool_use",
  "tool-calls",
]);

const nothingAsked = "{}";
const widestAsked = 60;

function notesOf(span: SpanReport, above: SpanReport | null, surroundings: Surroundings): Line {
  const { agent, attempt, error, finishReason, kind, model, name } = span;
  const notes: Piece[] = [];
  const tag = surroundings.references.get(span.spanId);
  if (tag !== undefined) notes.push(piece(tag, "cyan"));
  const causes = surroundings.farCauses(span);
  if (causes.length > 0) notes.push(piece(causeText(causes, surroundings), "cyan"));
  if (model !== null && model !== name) notes.push(piece(onOneLine(model), "dim"));
  if (agent !== null && agent !== above?.agent && agent !== name && kind !== "agent")
    notes.push(piece(`@${onOneLine(agent)}`, "dim"));
  if (attempt !== null && attempt > 1) notes.push(piece(`attempt ${attempt}`, "yellow"));
  if (finishReason !== null && !expectedFinishes.has(finishReason))
    notes.push(piece(onOneLine(finishReason), "yellow"));
  const asked = kind === "tool" ? excerpt(surroundings.asked?.(span.spanId) ?? {}) : nothingAsked;
  if (asked !== nothingAsked) notes.push(piece(cutTo(widestAsked, asked), "dim"));
  if (error) notes.push(errorPiece(error));
  return spaced(notes);
}

export function errorPiece({ type, message }: ErrorReport): Piece {
  return piece(
    message === null ? onOneLine(type) : `${onOneLine(type)}: ${excerpt(message)}`,
    "red",
  );
}

function causeText(causes: readonly SpanId[], { references }: Surroundings): string {
  const tags = new Set(causes.map((cause) => references.get(cause) ?? "?"));
  return `\u2190 ${[...tags].join(" ")}`;
}

export function spaced(pieces: readonly Piece[]): Line {
  return pieces.flatMap((part, index) => (index === 0 ? [part] : [piece("  "), part]));
}
