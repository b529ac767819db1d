import { onOneLine } from "../../terminal/one-line.ts";
import { countText } from "../text/count.ts";
import { align, emptyRow, type Row, textRow } from "../tree/row.ts";
import { spaced, statusCell } from "../tree/span-row.ts";
import { type Line, paint, piece } from "../tree/styled-text.ts";
import type { TreeOptions } from "../tree.ts";
import type { Appearance, FirstPlace } from "./appearances.ts";
import type { Cause, How } from "./cause.ts";
import type { SpanPlace } from "./span-place.ts";
import type { WhyReport } from "./why-report.ts";

export interface WhyOptions extends TreeOptions {
  /** Causes that may be told; of more, those in the middle are left out. Default: 24. */
  readonly causes?: number;
}

/** The chain of causes and where its texts came from, for people to read. Nothing in it can move the cursor or break a line. */
export function renderWhy(
  { appearances, causes, span, text, unsearched }: WhyReport,
  { color = false, width = Infinity, causes: most = 24 }: WhyOptions = {},
): readonly string[] {
  const rows: readonly Row[] = [
    textRow("", [piece("why ", "dim"), ...placeLine(span)]),
    ...textRows(text),
    emptyRow,
    ...causeRows(causes, most),
    ...(causes.some(({ basis }) => basis === "order")
      ? [
          textRow("", [
            piece("\u21E0 nobody recorded it: by what came before in the same conversation", "dim"),
          ]),
        ]
      : []),
    ...appearanceRows(appearances),
    ...(unsearched > 0
      ? [
          textRow("", [
            piece(
              `${countText(unsearched, "text")} said before could not be looked through: withheld, erased, cut or gone`,
              "yellow",
            ),
          ]),
        ]
      : []),
  ];
  return align(rows).map((line) => paint(line, { color, width }));
}

function placeLine({ agent, key, kind, name, status, turn }: SpanPlace): Line {
  const isPlainTurn = kind === "turn" && name === "turn" && turn !== null;
  return spaced([
    ...(isPlainTurn ? [] : [piece(name === kind ? kind : `${kind} ${onOneLine(name)}`, "bold")]),
    ...(turn === null ? [] : [piece(`turn ${turn}`, isPlainTurn ? "bold" : undefined)]),
    ...(agent === null || agent === name ? [] : [piece(`@${onOneLine(agent)}`, "dim")]),
    ...(status === "ok" ? [] : [statusCell(status)]),
    piece(onOneLine(key), "dim"),
  ]);
}

const textRows = (text: string | null): readonly Row[] =>
  text === null ? [] : [textRow("  ", [piece(text, "dim")])];

const words: Readonly<Record<How, string>> = {
  asked: "asked for by",
  returned: "acts on what was returned by",
  told: "acts on a message in",
  began: "is the first call in",
  followed: "comes after",
  ran: "was run by",
  setOff: "was set off by",
  suspended: "goes on from the suspended",
  forked: "is a fork of what was done in",
  linked: "is linked to",
  prompt: "began with what was asked",
};

function causeRows(causes: readonly Cause[], most: number): readonly Row[] {
  if (causes.length === 0)
    return [textRow("", [piece("nothing is recorded of what set it off", "yellow")])];
  if (causes.length <= most) return causes.flatMap(oneCause);
  const half = Math.floor(most / 2);
  const left = causes.length - 2 * half;
  return [
    ...causes.slice(0, half).flatMap(oneCause),
    textRow("", [
      piece(`  \u2026 ${countText(left, "cause")} between (--json has them all)`, "dim"),
    ]),
    ...causes.slice(-half).flatMap(oneCause),
  ];
}

function oneCause({ basis, elsewhere, how, spans, text, trigger }: Cause): readonly Row[] {
  const arrow = basis === "order" ? "\u21E0" : "\u2190";
  const outside = elsewhere === null ? "" : `span ${elsewhere}, which is not in this session`;
  const isUntold = how === "prompt" && text === null;
  return [
    textRow("", [
      piece(`${arrow} ${words[how]} `, "cyan"),
      ...spans.flatMap((span, index) => [
        ...(index === 0 ? [] : [piece("  and ", "dim")]),
        ...placeLine(span),
      ]),
      ...(outside === "" ? [] : [piece(outside, "yellow")]),
      ...(trigger === null ? [] : [piece(`(${onOneLine(trigger)}) `)]),
      ...(isUntold ? [piece("and nobody recorded it", "yellow")] : []),
    ]),
    ...textRows(text),
  ];
}

function appearanceRows(appearances: readonly Appearance[]): readonly Row[] {
  if (appearances.length === 0) return [];
  return [
    emptyRow,
    textRow("", [piece("what it acted on, and where that appeared first, word for word", "bold")]),
    ...appearances.flatMap(({ field, first, of, text }) => {
      const name = of === "part" ? "in it" : field === "" ? "input" : onOneLine(field);
      const title = [
        piece(`  ${of === "part" ? "  " : ""}${name} `),
        piece(`\u201C${short(text)}\u201D`, "cyan"),
      ];
      return first
        ? [textRow("", title), ...firstRows(first)]
        : [textRow("", [...title, piece("  in nothing that was recorded before", "yellow")])];
    }),
  ];
}

function firstRows({ excerpt, span, turn, where }: FirstPlace): readonly Row[] {
  return [
    textRow("      ", [
      piece(`turn ${turn}, ${whereText(where)} `),
      ...placeLine({ ...span, turn: null }),
    ]),
    textRow("      ", [piece(excerpt, "dim")]),
  ];
}

function whereText(where: FirstPlace["where"]): string {
  switch (where) {
    case "input":
      return "what was asked of";
    case "output":
      return "what came out of";
    case "message":
      return "a message in";
    case "instructions":
      return "the instructions sent to";
    case "tools":
      return "the tool definitions sent to";
    case "context":
      return "the messages sent to";
    default:
      return where satisfies never;
  }
}

const longestText = 80;

function short(text: string): string {
  const line = onOneLine(text);
  return line.length <= longestText ? line : `${line.slice(0, longestText).toWellFormed()}\u2026`;
}
