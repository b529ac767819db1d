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
  const cells = columns.map(({ title, isNumber = false, cell }) => {
    const texts = [title, ...rows.map(cell)];
    const width = texts.reduce((widest, text) => Math.max(widest, text.length), 0);
    return texts.map((text) => (isNumber ? text.padStart(width) : text.padEnd(width)));
  });
  return ["", ...rows].map((_, index) =>
    cells
      .map((texts) => texts[index] ?? "")
      .join("  ")
      .trimEnd(),
  );
}
