import { columnsOf, padTo } from "@spoor/core/report/text";

export interface Column<Row> {
  readonly title: string;
  /** Set to the right, so that digits stand below each other. */
  readonly isNumber?: boolean;
  readonly cell: (row: Row) => string;
}

/** Rows under their titles. */
export function aligned<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): readonly string[] {
  const titles = columns.map(({ title }) => title);
  return alignedCells(
    [titles, ...rows.map((row) => columns.map(({ cell }) => cell(row)))],
    columns.map(({ isNumber = false }) => isNumber),
  );
}

/** Cells below each other, as wide as a terminal draws them. `areNumbers`: which columns are set to the right. */
export function alignedCells(
  rows: readonly (readonly string[])[],
  areNumbers: readonly boolean[] = [],
): readonly string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, cell] of row.entries())
      widths[column] = Math.max(widths[column] ?? 0, columnsOf(cell));
  const inColumn = (cell: string, column: number): string => {
    const width = widths[column] ?? 0;
    return areNumbers[column] ? toTheRight(width, cell) : padTo(width, cell);
  };
  return rows.map((row) => row.map(inColumn).join("  ").trimEnd());
}

const toTheRight = (columns: number, text: string): string =>
  " ".repeat(Math.max(0, columns - columnsOf(text))) + text;
