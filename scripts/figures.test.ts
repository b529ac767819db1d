import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const page = (name: string): string => readFileSync(join(import.meta.dirname, "..", name), "utf8");

/** Cells of the README's table of figures, less what they are about and the command that prints them. */
function figureCells(): readonly string[] {
  const [, section = ""] = page("README.md").split("## Beside the others\n");
  const [table = ""] = section.split("\n## ");
  return table
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| |"))
    .flatMap((line) => line.split(" | ").slice(1, 3));
}

/** Without names of packages, which may have digits. */
const figuresIn = (cell: string): readonly string[] =>
  cell.replaceAll(/`[^`]*`/g, "").match(/\d[\d,.]*\d|\d/g) ?? [];

test("every figure of the README was printed by the benchmark, and stands in its tables", () => {
  const measured = new Set(
    page("docs/benchmarks.md")
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .flatMap((line) => line.split("|").slice(3, 4))
      .flatMap(figuresIn),
  );
  const figures = figureCells().flatMap(figuresIn);
  expect(figures.length).toBeGreaterThan(10);
  expect(figures.filter((figure) => !measured.has(figure))).toEqual([]);
});
