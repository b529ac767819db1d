import { sizeText } from "../figures.ts";
import { countText } from "@spoor/core/report/text";
import type { PageText } from "../../page-data.ts";
import { element, span } from "../element.ts";
import { visibleText } from "../visible-text.ts";
import { blocksOf } from "../words.ts";

const mostLines = 60;
const mostCharacters = 12_000;

/** Under its title, what was said, block by block; long ones open on demand, so that a large text costs nothing before somebody wants it. */
export function contentSection(title: string, text: PageText | null): HTMLElement | null {
  if (!text) return null;
  const size = text.cutFrom ?? text.text.length;
  return element(
    "section",
    {},
    element(
      "h3",
      {},
      title,
      span("size", size > 200 ? sizeText(size) : ""),
      span("warning", text.cutFrom === undefined ? "" : "its middle is not on this page"),
    ),
    ...blocksOf(text).flatMap(({ label, text: words }) => [
      ...(label === null ? [] : [element("h4", {}, visibleText(label))]),
      textBlock(words),
    ]),
  );
}

/** A text as it is, its first lines until more is asked for. */
function textBlock(text: string): HTMLElement {
  const start = beginningOf(text);
  const block = element("pre", { tabindex: -1 }, visibleText(start));
  if (start.length === text.length) return block;
  const rest = text.length - start.length;
  const more = element(
    "button",
    { type: "button", class: "more" },
    countText(rest, "more character"),
  );
  more.addEventListener("click", () => {
    block.textContent = visibleText(text);
    more.remove();
  });
  return element("div", {}, block, more);
}

function beginningOf(text: string): string {
  let end = -1;
  for (let line = 0; line < mostLines; line += 1) {
    end = text.indexOf("\n", end + 1);
    if (end < 0 || end > mostCharacters) break;
  }
  const limit = end < 0 || end > mostCharacters ? mostCharacters : end;
  return text.length <= limit * 1.1 ? text : text.slice(0, limit);
}
