import type { SessionSummary } from "../report.ts";
import { onOneLine } from "../../terminal/one-line.ts";
import { excerpt } from "./excerpt.ts";
import { countText } from "../text/count.ts";
import { costText, dollarsText } from "../text/money.ts";
import { cachedText, inputOf, tokensText } from "../text/tokens.ts";
import { statusCell } from "./span-row.ts";
import { type Line, piece, type Piece } from "./styled-text.ts";
import { unattributedText } from "./turn-rows.ts";

/** Whose session it is, how it stands, and what it used. */
export function headerLines(session: SessionSummary, times: boolean): readonly Line[] {
  const labels = labelsOf(session);
  return [
    dotted([
      piece(`session ${onOneLine(session.id)}${session.inferred ? " (inferred)" : ""}`, "bold"),
      piece(onOneLine(session.framework ?? "framework ?")),
      statusCell(session.status),
      ...(times && session.startedAt !== null ? [piece(session.startedAt, "dim")] : []),
    ]),
    dotted(figuresOf(session)),
    ...(labels.length > 0 ? [dotted(labels)] : []),
  ];
}

function figuresOf(session: SessionSummary): readonly Piece[] {
  const { usage, cost, errors } = session;
  const cached = cachedText(usage);
  const unattributed = unattributedText(session.unattributed);
  return [
    piece(countText(session.turns, "turn")),
    piece(countText(session.modelCalls, "model call")),
    piece(countText(session.toolCalls, "tool call")),
    ...(errors > 0 ? [piece(countText(errors, "error"), "red")] : []),
    piece(`${tokensText(inputOf(usage))} in${cached && ` (${cached} cached)`}`),
    piece(`${tokensText(usage.output)} out`),
    ...(unattributed ? [piece(unattributed, "yellow")] : []),
    ...(session.usageComplete ? [] : [piece("tokens incomplete", "yellow")]),
    piece(paidText(cost, session.usageComplete)),
  ];
}

function paidText(cost: SessionSummary["cost"], isCounted: boolean): string {
  const known = [
    costText(cost, isCounted),
    ...(cost.reportedUsd === null ? [] : [`${dollarsText(cost.reportedUsd)} reported`]),
  ].filter((text) => text !== "");
  return known.length > 0 ? known.join(", ") : "cost ?";
}

function labelsOf({
  userId,
  feature,
  environment,
  release,
  tags,
}: SessionSummary): readonly Piece[] {
  const labels = Object.entries({ user: userId, feature, environment, release });
  return [
    ...labels.flatMap(([name, value]) => (value === null ? [] : [`${name} ${excerpt(value)}`])),
    ...tags.map((tag) => `#${onOneLine(tag)}`),
  ].map((text) => piece(text, "dim"));
}

export function dotted(pieces: readonly Piece[]): Line {
  return pieces.flatMap((part, index) => (index === 0 ? [part] : [piece(" \u00B7 ", "dim"), part]));
}
