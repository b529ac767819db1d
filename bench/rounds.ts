import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Extent, Figure } from "./benchmark.ts";

export interface RoundOptions {
  readonly rounds: number;
  /** Measures `dist`; else the sources. */
  readonly built: boolean;
  readonly extent: Extent;
  /** Where the process of each round leaves a CPU profile; null: nowhere. */
  readonly profiles: string | null;
  readonly onRound: (round: number) => void;
}

/** What a case measured in one round. */
export interface Round {
  readonly name: string;
  readonly note: string;
  readonly figures: readonly Figure[];
}

const runner = fileURLToPath(new URL("run-round.ts", import.meta.url));

/**
 * The rounds of each case file, each in a fresh process, one at a time. Round by round and not case by case, so that a minute in which the
 * machine is busy spoils one round of every case and the median of none. Throws where a case fails.
 */
export function runRounds(cases: readonly URL[], options: RoundOptions): readonly Round[][] {
  const root = mkdtempSync(join(tmpdir(), "spoor-bench-"));
  try {
    const prepared = cases.map((file, index) => {
      const folder = join(root, String(index));
      mkdirSync(folder);
      run(options, "prepare", file, folder);
      return { file, folder, rounds: [] as Round[] };
    });
    for (let round = 1; round <= options.rounds; round += 1) {
      options.onRound(round);
      for (const { file, folder, rounds } of prepared) {
        const scratch = mkdtempSync(join(root, "round-"));
        rounds.push(JSON.parse(run(options, "round", file, folder, scratch)));
        rmSync(scratch, { recursive: true });
      }
    }
    return prepared.map(({ rounds }) => rounds);
  } finally {
    rmSync(root, { recursive: true });
  }
}

function run(
  { built, extent, profiles }: RoundOptions,
  step: "prepare" | "round",
  file: URL,
  ...folders: readonly string[]
): string {
  const flags = [
    "--expose-gc",
    ...(built ? [] : ["--conditions=@spoor/source"]),
    ...(profiles === null || step === "prepare"
      ? []
      : ["--cpu-prof", `--cpu-prof-dir=${profiles}`]),
  ];
  return execFileSync(process.execPath, [...flags, runner, step, file.href, extent, ...folders], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
}
