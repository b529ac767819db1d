import { type Room, wrap } from "../text/wrap.ts";
import { countText } from "../text/count.ts";
import { type Row, textRow } from "../tree/row.ts";
import { piece, type Style } from "../tree/styled-text.ts";
import type { LineChange, TextChange } from "../text/text-change.ts";

const linesAround = 2;
const styles = { kept: undefined, cut: "red", added: "green", edited: "yellow" } as const;
const signs = { kept: " ", cut: "-", added: "+", edited: "~" } as const;
const narrowest = 20;

/**
 * What changed, with two lines around it; how many lines are left out between, and at the end. In an edited line, `[-this-]` went and `{+that+}`
 * came.
 */
export function changedTextRows({ compared, lines }: TextChange, room: Room): readonly Row[] {
  const near = nearChanges(lines);
  const rows: Row[] = [];
  const tell = (text: string, style: Style = "dim"): void => {
    rows.push(textRow("", [piece(`    ${text}`, style)]));
  };
  if (compared === "as a whole")
    tell("too different to be compared line by line: all of one, then all of the other", "yellow");
  let leftOut = 0;
  const tellLeftOut = (): void => {
    if (leftOut > 0) tell(`\u2026 ${countText(leftOut, "line")} as before`);
    leftOut = 0;
  };
  for (const [index, line] of lines.entries()) {
    if (rows.length >= room.lines) {
      tell(`\u2026 ${countText(lines.length - index, "more line")}`);
      return rows;
    }
    if (near.has(index)) {
      tellLeftOut();
      for (const row of lineRows(line, room)) rows.push(row);
    } else leftOut += 1;
  }
  tellLeftOut();
  return rows;
}

function nearChanges(lines: readonly LineChange[]): ReadonlySet<number> {
  const near = new Set<number>();
  for (const [index, { change }] of lines.entries())
    if (change !== "kept")
      for (let place = index - linesAround; place <= index + linesAround; place += 1)
        near.add(place);
  return near;
}

function lineRows(line: LineChange, room: Room): readonly Row[] {
  const columns = Math.max(narrowest, room.columns - 4);
  const { left, lines } = wrap(textOf(line), { columns, lines: room.lines });
  const rows = (lines.length === 0 ? [""] : lines).map((text, index) =>
    textRow("", [
      piece(`  ${index === 0 ? signs[line.change] : " "} ${text}`, styles[line.change]),
    ]),
  );
  const more = `    \u2026 ${countText(left, "more character")}`;
  return left > 0 ? [...rows, textRow("", [piece(more, "dim")])] : rows;
}

function textOf(line: LineChange): string {
  if (line.change !== "edited") return line.text;
  return line.words
    .map(({ change, text }) =>
      change === "kept" ? text : change === "cut" ? `[-${text}-]` : `{+${text}+}`,
    )
    .join("");
}
