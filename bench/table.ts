import type { Target } from "./benchmark.ts";
import type { Round } from "./rounds.ts";
import { median } from "./statistics.ts";

const headings = ["case", "figure", "median", "min – max", "target", "met"] as const;

/** Markdown that is readable as it stands: one row a figure, medians over the rounds. */
export function tableOf(cases: readonly (readonly Round[])[]): string {
  const rows = cases.flatMap(rowsOf);
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const rule = widths.map((width) => "-".repeat(width));
  return [headings, rule, ...rows].map(line).join("\n");
}

export function notesOf(cases: readonly (readonly Round[])[]): string {
  return cases.flatMap(([first]) => (first ? `- *${first.name}*: ${first.note}` : [])).join("\n");
}

function rowsOf(rounds: readonly Round[]): readonly (readonly string[])[] {
  const [first] = rounds;
  if (!first) return [];
  return first.figures.map(({ name, unit, target }, index) => {
    const values = rounds.flatMap(({ figures }) => figures[index]?.value ?? []);
    const middle = median(values);
    return [
      index === 0 ? first.name : "",
      name,
      `${inDigits(middle)} ${unit}`,
      `${inDigits(Math.min(...values))} – ${inDigits(Math.max(...values))}`,
      target ? inWords(target, unit) : "",
      target ? (isMet(target, middle) ? "yes" : "**no**") : "",
    ];
  });
}

function inWords(target: Target, unit: string): string {
  return "atMost" in target
    ? `≤ ${inDigits(target.atMost)} ${unit}`
    : `≥ ${inDigits(target.atLeast)} ${unit}`;
}

function isMet(target: Target, value: number): boolean {
  return "atMost" in target ? value <= target.atMost : value >= target.atLeast;
}

/** Three digits that mean something, none that pretends to. */
function inDigits(value: number): string {
  return value.toLocaleString("en", { maximumSignificantDigits: 3 });
}
