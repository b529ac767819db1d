/** Lines of columns; what stands in a row's last cell takes no room from the others. */
export function table(head, rows) {
  const widths = head.map((name, column) =>
    Math.max(
      name.length,
      ...rows.filter((row) => column < row.length - 1).map((row) => row[column].length),
    ),
  );
  return [head, ...rows].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join("  ")
      .trimEnd(),
  );
}
