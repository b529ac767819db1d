import { onOneLine } from "../../terminal/one-line.ts";
import { countText } from "../text/count.ts";
import { durationBetween } from "../text/duration.ts";
import { dollarsText } from "../text/money.ts";
import { tokensText } from "../text/tokens.ts";
import { emptyRow, type Row } from "../tree/row.ts";
import { costCell, spaced, statusCell, usageCells } from "../tree/span-row.ts";
import { type Line, piece, type Piece } from "../tree/styled-text.ts";
import { costOf, countsOf, toolsOf, usageOf } from "./merged.ts";
import type { TurnOutline } from "./outline.ts";
import type { Named } from "./turn-figures.ts";
import type { Remark } from "./remarks.ts";
import type { Stretch } from "./stretch.ts";

/**
 * A turn, or turns that follow each other, on one line: what was used, and what somebody should know of it. `isCounted`: all that was used in the
 * session was counted, if not by calls, then by totals.
 */
export function stretchRow(stretch: Stretch, times: boolean, isCounted: boolean): Row {
  const [first] = stretch;
  const last = stretch.at(-1);
  if (!first || !last) return emptyRow;
  const isOne = stretch.length === 1;
  const calls = stretch.reduce((sum, { modelCalls }) => sum + modelCalls, 0);
  return {
    guide: "",
    label: [
      piece(
        isOne ? `turn ${first.index}` : `turns ${first.index}\u2013${last.index}`,
        isOne ? "bold" : undefined,
      ),
    ],
    cells: [
      isOne ? statusCell(first.status) : piece(""),
      ...(times ? [durationPiece(first, last)] : []),
      piece(calls === 0 ? "" : countText(calls, "call")),
      ...(calls === 0
        ? blank
        : usageCells(
            usageOf(stretch),
            stretch.every(({ usageFinal }) => usageFinal),
          )),
      paidCell(stretch, isCounted),
      contextCell(stretch),
    ],
    notes: spaced(isOne ? turnNotes(first) : stretchNotes(stretch)),
  };
}

/** A tilde where its beginning or its end was reasoned, not read off a clock. */
function durationPiece(first: TurnOutline, last: TurnOutline): Piece {
  const isInferred = first.inferred.includes("startedAt") || last.inferred.includes("endedAt");
  return piece(durationBetween(first.startedAt, last.endedAt, isInferred), "dim");
}

const blank: Line = [piece(""), piece(""), piece("")];

/** By our prices; what the framework says stands with a tilde, because nobody can tell what it counts. */
function paidCell(stretch: Stretch, isCounted: boolean): Piece {
  const cost = costOf(stretch);
  if (cost.usd !== null || cost.reportedUsd === null)
    return costCell(cost, isCounted || stretch.every(({ usageFinal }) => usageFinal));
  return piece(`~${dollarsText(cost.reportedUsd)}`, "dim");
}

/** How long the context was: of a turn, and what it was before where it was cut; of a stretch, at its first and last turn. */
function contextCell(stretch: Stretch): Piece {
  const sizes = stretch.flatMap(({ context }) => context ?? []);
  const [first] = sizes;
  const last = sizes.at(-1);
  if (!first || !last) return piece("");
  const isCut = last.change === "compacted" || last.change === "trimmed";
  const before =
    first === last
      ? isCut
        ? sizeText(last.tokensBefore, null)
        : ""
      : sizeText(first.tokens, first.messages);
  const after = sizeText(last.tokens, last.messages);
  return piece(
    `ctx ${before === "" ? after : `${before}\u2192${after}`}`,
    isCut ? "yellow" : "dim",
  );
}

function sizeText(tokens: number | null, messages: number | null): string {
  if (tokens !== null) return tokensText(tokens);
  return messages === null ? "" : countText(messages, "message");
}

const remarkTexts: Readonly<Partial<Record<Remark, string>>> = {
  compacted: "compacted",
  trimmed: "context trimmed",
  dear: "dear",
  long: "long",
  fullest: "fullest context",
};

function turnNotes(turn: TurnOutline): readonly Piece[] {
  const { activations, errors, errorTypes, findings, input, remarks, tools } = turn;
  return [
    ...(findings.length === 0 ? [] : [piece(`found ${findings.map(onOneLine).join(", ")}`, "red")]),
    ...errorPieces(errors, errorTypes),
    ...remarks.flatMap((remark) => {
      const text = remarkTexts[remark];
      return text === undefined ? [] : [piece(text, "yellow")];
    }),
    ...(activations > 1 ? [piece(countText(activations, "activation"), "dim")] : []),
    ...toolPieces(tools),
    ...(input === null ? [] : [piece(`\u00BB ${onOneLine(input)}`, "dim")]),
  ];
}

function stretchNotes(stretch: Stretch): readonly Piece[] {
  const count = (is: (turn: TurnOutline) => boolean): number => stretch.filter(is).length;
  const failed = count(({ status }) => status === "error");
  const others = countsOf(
    stretch.flatMap(({ status }) =>
      status === "ok" || status === "error" ? [] : [{ name: status, count: 1 }],
    ),
  );
  const compactions = stretch.reduce((sum, turn) => sum + turn.compactions, 0);
  const findings = stretch.reduce((sum, turn) => sum + turn.findings.length, 0);
  return [
    piece(countText(stretch.length, "turn"), "dim"),
    ...(findings === 0 ? [] : [piece(countText(findings, "finding"), "red")]),
    ...(failed === 0 ? [] : [piece(`${failed} failed`, "red")]),
    ...others.map(({ name, count: so }) => piece(`${so} ${name}`, "yellow")),
    ...errorPieces(
      stretch.reduce((sum, { errors }) => sum + errors, 0),
      countsOf(stretch.flatMap(({ errorTypes }) => errorTypes)),
    ),
    ...(compactions === 0 ? [] : [piece(countText(compactions, "compaction"), "yellow")]),
    ...toolPieces(toolsOf(stretch)),
  ];
}

const mostErrorTypes = 3;

function errorPieces(errors: number, types: readonly Named[]): readonly Piece[] {
  if (errors === 0) return [];
  const named = types.slice(0, mostErrorTypes).map(({ name }) => onOneLine(name));
  const more = types.length > mostErrorTypes ? ", \u2026" : "";
  return [piece(`${countText(errors, "error")}: ${named.join(", ")}${more}`, "red")];
}

const mostTools = 5;

function toolPieces(tools: readonly (Named & { readonly errors: number })[]): readonly Piece[] {
  const rest = tools.length - mostTools;
  return [
    ...tools
      .slice(0, mostTools)
      .map(({ name, count, errors }) =>
        piece(
          `${onOneLine(name)}${count > 1 ? ` \u00D7${count}` : ""}`,
          errors > 0 ? "red" : "cyan",
        ),
      ),
    ...(rest > 0 ? [piece(`and ${countText(rest, "other")}`, "dim")] : []),
  ];
}
