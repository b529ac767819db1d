import { columnsOf, cutTo } from "../../terminal/columns.ts";

export type Style = "bold" | "dim" | "red" | "yellow" | "green" | "cyan";

/** A run of text in one style. */
export interface Piece {
  readonly text: string;
  readonly style?: Style;
}
export type Line = readonly Piece[];

export const piece = (text: string, style?: Style): Piece => (style ? { text, style } : { text });

export const widthOf = (line: Line): number =>
  line.reduce((sum, { text }) => sum + columnsOf(text), 0);

/** Text in the given width: what is longer ends in an ellipsis; nothing trails. */
export function paint(line: Line, { color, width }: { color: boolean; width: number }): string {
  const fitting = withoutTrailingSpace(cutLine(line, width));
  return fitting.map(({ text, style }) => (color && style ? ansi(text, style) : text)).join("");
}

function cutLine(line: Line, width: number): Line {
  if (widthOf(line) <= width) return line;
  const kept: Piece[] = [];
  let left = width;
  for (const part of line) {
    const columns = columnsOf(part.text);
    if (columns >= left) return [...kept, { ...part, text: cutTo(left, `${part.text}\u2026`) }];
    kept.push(part);
    left -= columns;
  }
  return kept;
}

function withoutTrailingSpace(line: Line): Line {
  const end = line.findLastIndex(({ text }) => text.trim() !== "");
  return line
    .slice(0, end + 1)
    .map((part, index) => (index === end ? { ...part, text: part.text.trimEnd() } : part));
}

const codes: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
};

function ansi(text: string, style: Style): string {
  const [on, off] = codes[style];
  return text === "" ? "" : `\u001B[${on}m${text}\u001B[${off}m`;
}
