import type { JsonValue } from "../../vocabulary/json.ts";
import type { TurnReport } from "../report.ts";
import { type Branch, branchesOf, type Item } from "./branch.ts";
import { itemRows } from "./branch-rows.ts";
import { onOneLine } from "../../terminal/one-line.ts";
import { excerpt } from "./excerpt.ts";
import { countText } from "../text/count.ts";
import { unattributedTexts } from "../text/tokens.ts";
import { isNote } from "./mark-text.ts";
import { type Row, textRow } from "./row.ts";
import {
  costCell,
  durationCell,
  errorPiece,
  spaced,
  statusCell,
  type Surroundings,
  usageCells,
} from "./span-row.ts";
import { type Line, piece, type Piece } from "./styled-text.ts";

/** A turn: what it is and used, what went in, its spans, what came out. */
export function turnRows(turn: TurnReport, surroundings: Surroundings): readonly Row[] {
  const branches = branchesOf(turn.spans, turn.marks);
  const items = itemsOf(branches);
  const trunk = items.some(({ branch }) => branch) ? "\u2502  " : "   ";
  return [
    headRow(turn, branches, surroundings),
    ...traceRows(turn, trunk, surroundings),
    ...textOf("\u00BB", turn.input, trunk),
    ...itemRows(items, "", branches[0]?.span ?? null, surroundings),
    ...textOf("\u00AB", turn.output, "   "),
  ];
}

/** A turn that was never suspended is its one activation, so that one is not drawn. */
export function itemsOf(branches: readonly Branch[]): readonly Item[] {
  const [only, ...others] = branches.filter(({ span }) => span.kind === "turn");
  if (!only || others.length > 0) return branches.map((branch) => ({ branch }));
  return branches.flatMap((branch) => (branch === only ? only.items : [{ branch }]));
}

/** What a turn is and used, on one line. */
export function headRow(
  turn: TurnReport,
  branches: readonly Branch[],
  surroundings: Surroundings,
): Row {
  const activations = branches.map(({ span }) => span).filter(({ kind }) => kind === "turn");
  const calls = turn.spans.filter(({ kind }) => kind === "model");
  const isCounted = calls.every(({ usageFinal }) => usageFinal);
  const inferred = [
    ...(activations[0]?.inferred.filter((time) => time === "startedAt") ?? []),
    ...(activations.at(-1)?.inferred.filter((time) => time === "endedAt") ?? []),
  ];
  const { startedAt, endedAt } = turn;
  const name = activations[0]?.name ?? "turn";
  return {
    guide: "",
    label: [
      piece(`turn ${turn.index}`, "bold"),
      ...(name === "turn" ? [] : [piece(` ${onOneLine(name)}`, "bold")]),
    ],
    cells: [
      statusCell(turn.status),
      ...durationCell({ startedAt, endedAt, inferred }, surroundings.times),
      ...(calls.length > 0 ? usageCells(turn.usage, isCounted) : noUsage),
      costCell(turn.cost, isCounted || surroundings.isCounted),
    ],
    notes: headNotes(turn, activations, surroundings),
  };
}

const mostTracesTold = 3;

/**
 * The trace that a turn joined, and those of what set it off, by the names that they have where the rest of them lies. One that began with the
 * turn is of no interest here.
 */
export function traceRows(
  { turnId, traceId, spans, links }: TurnReport,
  trunk: string,
  { times }: Surroundings,
): readonly Row[] {
  if (!times) return [];
  const parent = spans.find(({ spanId }) => spanId === turnId)?.parentSpanId ?? null;
  const isJoined = parent !== null && spans.every(({ spanId }) => spanId !== parent);
  const causes = links.filter((link) => link.kind === "cause" && link.traceId !== traceId);
  const linked = [...new Set(causes.map((link) => link.traceId))];
  const rest = linked.length - mostTracesTold;
  return [
    ...(isJoined ? [`trace ${traceId}`] : []),
    ...linked.slice(0, mostTracesTold).map((trace) => `caused by trace ${trace}`),
    ...(rest > 0 ? [`and by ${rest} more`] : []),
  ].map((text) => textRow(trunk, [piece(text, "dim")]));
}

const noUsage: Line = [piece(""), piece(""), piece("")];

function headNotes(
  turn: TurnReport,
  activations: TurnReport["spans"],
  { times, references }: Surroundings,
): Line {
  const tags = activations.flatMap(({ spanId }) => references.get(spanId) ?? []);
  const notes: Piece[] = tags.map((tag) => piece(tag, "cyan"));
  if (times && turn.startedAt !== null) notes.push(piece(turn.startedAt, "dim"));
  if (turn.activations > 1) notes.push(piece(countText(turn.activations, "activation"), "dim"));
  if (turn.continuation === "unknown")
    notes.push(piece("goes on from what was not seen to wait", "yellow"));
  const error = activations.at(-1)?.error;
  if (error) notes.push(errorPiece(error));
  const unattributed = unattributedText(turn.unattributed);
  if (unattributed) notes.push(piece(unattributed, "yellow"));
  const noted = turn.marks.filter(isNote).length;
  if (noted > 0) notes.push(piece(`${noted} noted`, "dim"));
  return spaced(notes);
}

/** Empty where the calls that were seen account for everything. */
export function unattributedText(unattributed: TurnReport["unattributed"]): string {
  const texts = unattributedTexts(unattributed).map((text) => `+${text}`);
  return texts.length === 0 ? "" : `${texts.join(" ")} unattributed`;
}

function textOf(sign: string, value: JsonValue, trunk: string): readonly Row[] {
  return value === null ? [] : [textRow(trunk, [piece(`${sign} `, "dim"), piece(excerpt(value))])];
}
