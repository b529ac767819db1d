import type { PageMark } from "../../page-data.ts";
import { element, span } from "../element.ts";
import { timeText } from "../figures.ts";
import type { SessionModel } from "../model/session-model.ts";
import { lineOf } from "../visible-text.ts";
import { excerptOf } from "../words.ts";
import { contentSection } from "./content.ts";

/** What happened on it, in its order; each opens to what it says in full. */
export function marksSection(
  { textAt }: SessionModel,
  marks: readonly PageMark[],
): HTMLElement | null {
  if (marks.length === 0) return null;
  return element(
    "section",
    {},
    element("h3", {}, "Marks", span("size", String(marks.length))),
    ...marks.map((mark) => {
      const fields = mark.fields.map(([name, text]) => [name, textAt(text)] as const);
      const gist = fields
        .filter(([name]) => name !== "native")
        .map(([name, text]) => `${name} ${excerptOf(text, 80)}`);
      const opened = element("details", { class: "mark" });
      opened.append(
        element(
          "summary",
          {},
          span("title", lineOf(mark.type, 60)),
          span("note", gist.join("  ")),
          span("figure", mark.at === undefined ? "" : timeText(mark.at, false)),
        ),
      );
      opened.addEventListener("toggle", () => {
        if (!opened.open || opened.childElementCount > 1) return;
        opened.append(
          element("p", { class: "note" }, `told by ${lineOf(mark.source, 60)}`),
          ...fields.flatMap(([name, text]) => contentSection(name, text) ?? []),
        );
      });
      return opened;
    }),
  );
}
