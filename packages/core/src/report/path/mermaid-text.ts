import { graphemesFrom } from "../text/graphemes.ts";
import { onOneLine } from "../../terminal/one-line.ts";

/** Letters, digits and signs that mean nothing to Mermaid, Markdown or HTML; anything beyond ASCII too. */
const plain = /[^\p{L}\p{N}\u0020\u0080-\u{10FFFF}.,_+/@?!'=()-]/gu;
/** What begins an icon, a formula or a line break even where it is written as an entity, unless something stands between it and the rest. */
const leading: ReadonlySet<string> = new Set([":", "$", "\\"]);
const wordJoiner = "\u2060";
const longest = 60;

/** A text from outside as Mermaid shows it in a quoted label: one line, shortened, and with nothing in it that Mermaid would take for its own. */
export function mermaidText(text: string): string {
  return shortened(onOneLine(text)).replaceAll(
    plain,
    (sign) => `#${sign.codePointAt(0)};${leading.has(sign) ? wordJoiner : ""}`,
  );
}

function shortened(line: string): string {
  let length = 0;
  let kept = "";
  for (const grapheme of graphemesFrom(line, 0)) {
    if (length === longest) return `${kept}\u2026`;
    kept += grapheme;
    length += 1;
  }
  return kept;
}
