import type { PageText } from "../../page-data.ts";
import type { Actions } from "../actions.ts";
import { element, span } from "../element.ts";
import type { ContextRow } from "../model/context-rows.ts";
import type { SessionModel } from "../model/session-model.ts";
import { type LineChange, textChange } from "@spoor/core/report/text";
import { lineOf, visibleText } from "../visible-text.ts";
import { wordsBehind } from "../words.ts";
import { contentSection } from "./content.ts";
import { factList } from "./facts.ts";
import { spanLink } from "./span-link.ts";

const titles = {
  none: "",
  cut: "not sent any more",
  added: "added",
  replaced: "changed",
} as const;

/** One part of what a call was sent; where it changed, line by line. */
export function partDetail(
  model: SessionModel,
  actions: Actions,
  row: ContextRow,
): readonly Node[] {
  if (row.kind === "kept")
    return [element("p", { class: "note" }, "These messages are as they were.")];
  const { part, role, change, turn, span: saidIn } = row;
  const text = model.textAt(row.text);
  const earlier = model.textAt(row.before);
  const facts = factList([
    ["first sent", turn === undefined ? "" : `in turn ${turn}`],
    ["said in", spanLink(model, actions, saidIn)],
  ]);
  const title = element(
    "h2",
    {},
    typeof part === "string" ? part : `message ${part}`,
    span(
      "kind",
      [typeof part === "string" ? "" : lineOf(role, 40), titles[change]]
        .filter(Boolean)
        .join(" \u00B7 "),
    ),
  );
  const body =
    change === "replaced" && text && earlier
      ? lineDifference(earlier, text)
      : contentSection("Said", text);
  return [title, facts, body].filter((node) => node !== null);
}

const signs = { kept: "  ", cut: "\u2212 ", added: "+ ", edited: "~ " } as const;

function lineDifference(before: PageText, after: PageText): HTMLElement {
  const { lines } = textChange(wordsBehind(before), wordsBehind(after));
  return element("pre", { class: "difference" }, ...lines.map(lineNode));
}

function lineNode(line: LineChange): HTMLElement {
  const words =
    line.change === "edited"
      ? line.words.map(({ change, text }) =>
          element(wordTags[change], { class: change }, visibleText(text)),
        )
      : [visibleText(line.text)];
  return element("span", { class: line.change }, signs[line.change], ...words, "\n");
}

const wordTags = { kept: "span", cut: "del", added: "ins" } as const;
