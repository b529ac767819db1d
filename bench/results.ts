import { mkdirSync, writeFileSync } from "node:fs";
import type { Machine } from "./machine.ts";
import type { Round } from "./rounds.ts";

/** What a run of the benchmark measured, all of it: medians can be made anew, and runs compared. */
export interface Results {
  readonly date: string;
  readonly command: string;
  readonly machine: Machine;
  readonly cases: readonly CaseResults[];
}

interface CaseResults {
  readonly name: string;
  readonly figures: readonly {
    readonly name: string;
    readonly unit: string;
    readonly rounds: readonly number[];
  }[];
}

const folder = new URL("results/", import.meta.url);

/** Keeps a run under its date and what was measured; a later one of the same day takes its place. */
export function keepResults(
  what: string,
  {
    measured,
    ...run
  }: Omit<Results, "cases"> & { readonly measured: readonly (readonly Round[])[] },
): void {
  const results: Results = { ...run, cases: measured.flatMap(caseResults) };
  mkdirSync(folder, { recursive: true });
  const name = `${run.date.slice(0, 10)}-${what}.json`;
  writeFileSync(new URL(name, folder), `${JSON.stringify(results, null, 1)}\n`);
}

/** A figure that some rounds did not give has fewer values. */
function caseResults(rounds: readonly Round[]): readonly CaseResults[] {
  const [first] = rounds;
  if (!first) return [];
  return [
    {
      name: first.name,
      figures: first.figures.map(({ name, unit }) => ({
        name,
        unit,
        rounds: rounds.flatMap(({ figures }) =>
          figures.filter((figure) => figure.name === name).map(({ value }) => value),
        ),
      })),
    },
  ];
}
