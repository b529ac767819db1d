import { stopwatch } from "../clock.ts";

/** What an import says of itself with `--json`, as far as it is asked here. */
export interface Report {
  readonly lines: number;
  readonly events: number;
  readonly malformed: number;
  readonly skipped: number;
  readonly calls: number;
  readonly broken: readonly unknown[];
}

export interface Timed {
  readonly report: Report;
  /** Milliseconds, by the clock and of processor time. */
  readonly elapsed: number;
  readonly spent: number;
}

const command = new URL("../../packages/cli/src/spoor.ts", import.meta.url);

/** Runs `spoor import claude-code` in this process, as the command line does. Throws where anything was left out. */
export async function importFolders(folders: readonly string[], journal: string): Promise<Timed> {
  const { spoor } = await import(command.href);
  let printed = "";
  const watch = stopwatch();
  const code: unknown = await spoor(["import", "claude-code", ...folders, "--json"], {
    stdout: { write: (text: string) => (printed += text) },
    stderr: process.stderr,
    env: { SPOOR_DIR: journal },
    cwd: journal,
    now: Date.now,
    pause: () => Promise.resolve(),
    interruption: () => new AbortController().signal,
  });
  const timed = { elapsed: watch.elapsed(), spent: watch.spent() };
  const report: Report = JSON.parse(printed);
  if (code !== 0 || report.malformed > 0)
    throw new Error(`expected every line to be imported, received ${printed}`);
  return { report, ...timed };
}
