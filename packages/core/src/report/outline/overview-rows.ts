import { onOneLine } from "../../terminal/one-line.ts";
import { countText } from "../text/count.ts";
import { costText, dollarsText } from "../text/money.ts";
import { inputOf, tokensText } from "../text/tokens.ts";
import { type Row, textRow } from "../tree/row.ts";
import { piece, type Piece } from "../tree/styled-text.ts";
import { countsOf, toolsOf } from "./merged.ts";
import type { TurnOutline } from "./outline.ts";
import type { Named } from "./turn-figures.ts";
import { greatest, sparkline, total } from "./sparkline.ts";

const widest = 60;
const fewestTurns = 8;
const mostNames = 6;

/** How the session went: curves over its turns, and what was called and what failed in all of it. */
export function overviewRows(turns: readonly TurnOutline[], isCounted: boolean): readonly Row[] {
  return [
    ...(turns.length < fewestTurns ? [] : curves(turns, isCounted)),
    ...namesRow("models", countsOf(turns.flatMap(({ models }) => models))),
    ...namesRow("tools", toolsOf(turns)),
    ...namesRow("failed", countsOf(turns.flatMap(({ errorTypes }) => errorTypes)), "red"),
    ...namesRow(
      "found",
      countsOf(turns.flatMap(({ findings }) => findings.map((name) => ({ name, count: 1 })))),
      "red",
    ),
  ];
}

function curves(turns: readonly TurnOutline[], isCounted: boolean): readonly Row[] {
  const compactions = turns.flatMap(({ compactions, index }) => (compactions > 0 ? [index] : []));
  return [
    ...curve(turns, {
      title: "context",
      of: ({ context }) => context?.tokens ?? null,
      join: greatest,
      text: (tokens) => `${tokensText(tokens)} tokens`,
      more: compactions.length === 0 ? "" : `, compacted in ${turnsText(compactions)}`,
    }),
    ...curve(turns, costCurve(turns, isCounted)),
    ...curve(turns, {
      title: "errors",
      of: ({ errors }) => errors,
      join: total,
      text: (errors) => String(errors),
      style: "red",
    }),
  ];
}

interface Curve {
  readonly title: string;
  readonly of: (turn: TurnOutline) => number | null;
  readonly join: (known: readonly number[]) => number;
  readonly text: (value: number, turn: TurnOutline) => string;
  readonly style?: "red";
  readonly more?: string;
}

/** What was spent: by our prices, as the framework says, or at least the tokens. */
function costCurve(turns: readonly TurnOutline[], isCounted: boolean): Curve {
  const usd = { title: "cost", join: total };
  if (turns.some(({ cost }) => cost.usd !== null))
    return {
      ...usd,
      of: ({ cost }) => cost.usd,
      text: (_, { cost, usageFinal }) => costText(cost, isCounted || usageFinal),
    };
  if (turns.some(({ cost }) => cost.reportedUsd !== null))
    return {
      ...usd,
      of: ({ cost }) => cost.reportedUsd,
      text: dollarsText,
      more: ", as reported",
    };
  return {
    title: "input",
    of: ({ usage }) => inputOf(usage),
    join: total,
    text: (tokens) => `${tokensText(tokens)} tokens`,
  };
}

/** Nothing where there is nothing to see. */
function curve(
  turns: readonly TurnOutline[],
  { join, more = "", of, style, text, title }: Curve,
): readonly Row[] {
  const values = turns.map(of);
  const most = greatest(values.filter((value) => value !== null));
  if (most === 0) return [];
  const where = turns[values.indexOf(most)];
  if (!where) return [];
  return [
    textRow("", [
      piece(`${title.padEnd(8)} `, "dim"),
      piece(sparkline(values, widest, join), style ?? "cyan"),
      piece(`  most in turn ${where.index}: ${text(most, where)}${more}`, "dim"),
    ]),
  ];
}

function turnsText(indexes: readonly number[]): string {
  const named = indexes.slice(0, mostNames).join(", ");
  const rest = indexes.length - mostNames;
  const word = indexes.length === 1 ? "turn" : "turns";
  return `${word} ${named}${rest > 0 ? ` and ${countText(rest, "other")}` : ""}`;
}

function namesRow(title: string, names: readonly Named[], style?: "red"): readonly Row[] {
  if (names.length === 0) return [];
  const rest = names.length - mostNames;
  const pieces: readonly Piece[] = [
    ...names
      .slice(0, mostNames)
      .map(({ count, name }) => piece(`${onOneLine(name)} \u00D7${count}  `, style)),
    ...(rest > 0 ? [piece(`and ${countText(rest, "other")}`, "dim")] : []),
  ];
  return [textRow("", [piece(`${title.padEnd(8)} `, "dim"), ...pieces])];
}
