import { cutTo } from "../../terminal/columns.ts";
import { type Line, piece, type Piece, widthOf } from "./styled-text.ts";

/** A line of the tree: with cells it is aligned with the others, without it runs as it is. */
export interface Row {
  /** The lines that tie it to what stands above. */
  readonly guide: string;
  readonly label: Line;
  readonly cells: readonly Piece[] | null;
  readonly notes: Line;
}

export const textRow = (guide: string, label: Line): Row => ({
  guide,
  label,
  cells: null,
  notes: [],
});

export const emptyRow: Row = textRow("", []);

const empty = piece("");
const widestLabel = 60;
const gap = "  ";

/** Labels to the left, figures to the right, columns that nobody fills left out. */
export function align(rows: readonly Row[]): readonly Line[] {
  const labelled = rows.filter(({ cells }) => cells !== null);
  const labelWidth = widest(labelled.map(({ guide, label }) => widthOf([piece(guide), ...label])));
  const columns = greatest(labelled.map(({ cells }) => cells?.length ?? 0));
  const widths = Array.from({ length: columns }, (_, column) =>
    greatest(labelled.map(({ cells }) => widthOf(cells?.slice(column, column + 1) ?? []))),
  );
  return rows.map(({ guide, label, cells, notes }) => {
    const start: Line = [piece(guide, "dim"), ...label];
    if (cells === null) return start;
    return [
      ...padEnd(start, labelWidth),
      ...widths.flatMap((width, column) => inColumn(cells[column] ?? empty, column, width)),
      ...(notes.length > 0 ? [piece(gap), ...notes] : []),
    ];
  });
}

const greatest = (values: readonly number[]): number =>
  values.reduce((left, right) => Math.max(left, right), 0);

function widest(widths: readonly number[]): number {
  return Math.min(widestLabel, greatest(widths));
}

/** The first cell is a word, the others are figures. */
function inColumn(cell: Piece, column: number, width: number): Line {
  if (width === 0) return [];
  const space = piece(" ".repeat(width - widthOf([cell])));
  return column === 0 ? [piece(gap), cell, space] : [piece(gap), space, cell];
}

/** A label that is too long is cut where its last piece begins to be. */
function padEnd(line: Line, width: number): Line {
  const surplus = widthOf(line) - width;
  if (surplus <= 0) return [...line, piece(" ".repeat(-surplus))];
  const last = line.at(-1);
  if (!last) return line;
  const room = Math.max(1, widthOf([last]) - surplus);
  return [...line.slice(0, -1), { ...last, text: cutTo(room, last.text) }];
}
