import type { ExitCode, Io } from "./io.ts";

/** One word after `spoor`. Throws `BadInput` for the user's mistakes; what else it throws is a fault of ours or of the machine. */
export interface Command {
  readonly name: string;
  /** After `spoor`, as the user types it. */
  readonly usage: string;
  /** What it does, in a few words. */
  readonly summary: string;
  /** Its options and what they mean, for `--help`. */
  readonly details: readonly string[];
  /** It looks at no journal, so no folder of one is named to it. */
  readonly withoutJournal?: true;
  run(args: readonly string[], io: Io): Promise<ExitCode>;
}
