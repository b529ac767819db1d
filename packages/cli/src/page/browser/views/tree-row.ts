import { lastedText } from "../figures.ts";
import { cachedText, costText, inputOf, tokensText } from "@spoor/core/report/text";
import type { PageSpan } from "../../page-data.ts";
import { element, setAttributes, span } from "../element.ts";
import type { SessionModel } from "../model/session-model.ts";
import type { TreeRow } from "../model/tree-rows.ts";
import { lineOf } from "../visible-text.ts";
import { excerptOf } from "../words.ts";
import { paidText } from "./costs.ts";
import { kindSign, statusWord } from "./marks-of-kind.ts";

/** What the figures of a row are, from left to right. */
export const figureNames = ["time", "in", "cached", "out", "cost"] as const;

const indentWidth = 16;
const deepestIndent = 24;

/** Fills the row of a span or a turn. */
export function treeRow(
  model: SessionModel,
  row: TreeRow,
  target: HTMLElement,
  found: ReadonlySet<number>,
): void {
  const { node, level, hasChildren, isOpen, position, siblings } = row;
  setAttributes(target, {
    class: `row${node.kind === "span" && found.has(node.span) ? " found" : ""}${level === 1 ? " top" : ""}`,
    "aria-level": level,
    "aria-posinset": position,
    "aria-setsize": siblings,
    "aria-expanded": hasChildren ? String(isOpen) : null,
  });
  const indent = element("span", { class: "indent", "aria-hidden": "true" });
  indent.style.width = `${Math.min(level - 1, deepestIndent) * indentWidth}px`;
  const twisty = element(
    "span",
    { class: "twisty", "aria-hidden": "true" },
    hasChildren ? "\u203A" : "",
  );
  const { name, figures } = contentOf(model, row);
  target.replaceChildren(
    element("span", { class: "cell name" }, indent, twisty, ...name),
    ...figures.map((figure, index) => span(`cell figure ${figureNames[index]}`, figure)),
  );
}

interface RowContent {
  readonly name: readonly Node[];
  /** Time, input, cached, output, cost. */
  readonly figures: readonly string[];
}

const noFigures = ["", "", "", "", ""];

function contentOf(model: SessionModel, { node }: TreeRow): RowContent {
  if (node.kind === "outside")
    return { name: [span("title", "In no turn that is known")], figures: noFigures };
  if (node.kind === "turn") return turnContent(model, node.turn);
  const told = model.data.spans[node.span];
  return told ? spanContent(model, told) : { name: [], figures: noFigures };
}

function turnContent({ data, textAt }: SessionModel, index: number): RowContent {
  const turn = data.turns[index];
  if (!turn) return { name: [], figures: noFigures };
  const { status, start, end, input, usage, usageGrowing = false, cost, modelCalls } = turn;
  const tokens = [
    tokensText(inputOf(usage), usageGrowing),
    cachedText(usage),
    tokensText(usage.output, usageGrowing),
  ];
  return {
    name: [
      span("title", `Turn ${index}`),
      ...[statusWord(status) ?? []].flat(),
      span("note", excerptOf(textAt(input))),
    ],
    figures: [
      lastedText(start, end),
      ...(modelCalls > 0 ? tokens : ["", "", ""]),
      paidText(cost, !usageGrowing),
    ],
  };
}

function spanContent({ textAt }: SessionModel, told: PageSpan): RowContent {
  const { kind, name, status, error, attempt, start, end, usage, usageGrowing = false } = told;
  const note = kind === "model" ? excerptOf(textAt(told.output)) : excerptOf(textAt(told.input));
  return {
    name: [
      kindSign(kind),
      span("title", lineOf(name, 120) || kind),
      ...[statusWord(status) ?? []].flat(),
      ...(attempt === undefined || attempt < 2 ? [] : [span("status", `attempt ${attempt}`)]),
      ...(error
        ? [span("note error", `${lineOf(error.type, 60)} ${excerptOf(textAt(error.message), 160)}`)]
        : [span("note", note)]),
    ],
    figures: [
      lastedText(start, end, told.inferred !== undefined),
      ...(kind === "model"
        ? [
            tokensText(usage && inputOf(usage), usageGrowing),
            usage ? cachedText(usage) : "",
            tokensText(usage?.output, usageGrowing),
            costText({ usd: told.usd ?? null }, !usageGrowing),
          ]
        : ["", "", "", ""]),
    ],
  };
}
