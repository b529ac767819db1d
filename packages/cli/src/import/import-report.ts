import type { CostReport, Usage } from "@spoor/core";
import type { FileCounts } from "./file-counts.ts";
import type { Imported } from "./import-files.ts";
import type { Totals } from "./session-totals.ts";

/** What `spoor import --json` prints: fields are added, their meanings never change. */
export interface ImportReport {
  readonly sessions: readonly string[];
  readonly lines: number;
  readonly events: number;
  readonly unknown: number;
  readonly malformed: number;
  readonly files: number;
  readonly skipped: number;
  readonly torn: number;
  readonly broken: readonly { readonly file: string; readonly reason: string }[];
  readonly stopped: boolean;
  readonly changed: number;
  readonly calls: number;
  readonly usage: Pick<Usage, "input" | "cacheRead" | "cacheWrite" | "output" | "reasoning">;
  readonly usageComplete: boolean;
  readonly uncounted: number;
  readonly unsummed: number;
  readonly unsettled: number;
  readonly unplaced: number;
  readonly cost: CostReport;
}

/** What is to be reported. `broken`: all of them. */
export interface ImportDone extends Omit<Imported, "recorder"> {
  /** All that was asked for, in the order in which it is told. */
  readonly paths: readonly string[];
  readonly unchanged: ReadonlyMap<string, FileCounts>;
  readonly events: number;
  readonly session: string | undefined;
  readonly totals: Totals;
}

export function importReport(done: ImportDone): ImportReport {
  const { paths, files, unchanged, events, session, broken, stopped, totals } = done;
  const counts = paths.flatMap((path) => files.get(path) ?? unchanged.get(path) ?? []);
  const found = new Set(counts.flatMap(({ sessions }) => sessions));
  const total = (of: (file: FileCounts) => number): number =>
    counts.reduce((sum, file) => sum + of(file), 0);
  return {
    sessions: [...found].filter((id) => session === undefined || id === session),
    lines: total((file) => file.lines),
    events,
    unknown: total((file) => file.unknown),
    malformed: total((file) => file.malformed),
    files: paths.length,
    skipped: unchanged.size,
    torn: total(({ torn }) => Number(torn)),
    broken: broken.map(({ path, reason }) => ({ file: path, reason })),
    stopped,
    changed: totals.sessions,
    ...spent(totals),
  };
}

function spent({
  calls,
  usage,
  uncounted,
  unsummed,
  unsettled,
  unplaced,
  cost,
}: Totals): Pick<
  ImportReport,
  "calls" | "usage" | "usageComplete" | "uncounted" | "unsummed" | "unsettled" | "unplaced" | "cost"
> {
  const { input, cacheRead, cacheWrite, output, reasoning } = usage;
  return {
    calls,
    usage: { input, cacheRead, cacheWrite, output, reasoning },
    usageComplete: uncounted + unsummed === 0,
    uncounted,
    unsummed,
    unsettled,
    unplaced,
    cost,
  };
}
