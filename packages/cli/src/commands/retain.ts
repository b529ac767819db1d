import { readOptions } from "../typed/arguments.ts";
import type { Command } from "../command.ts";
import { existingJournalFolder } from "../record/journal-folder.ts";
import { printJson, printLines } from "../printing/output.ts";

/** Lets go what the config says is old enough. */
export const retain: Command = {
  name: "retain",
  usage: "retain [--dry-run] [--json]",
  summary: "let go what your config keeps no longer",
  details: [
    "--dry-run  say what would go, and change nothing",
    "--json     as docs/spec/retention.md describes it",
    "",
    "journal.retention in your config says what goes when. A lane that a process writes is reduced by that process, as its own config says.",
    "What is held, open, not delivered or not sealed yet stays. Exit code 1 where something could not go that is due.",
  ],
  async run(args, io) {
    const { dir, json, ...more } = readOptions("retain", args, {
      "dry-run": "boolean",
    });
    const folder = await existingJournalFolder(dir, io);
    const isDryRun = more["dry-run"] ?? false;
    const { retentionsIn } = await import("../retain/retentions-in.ts");
    const { retentionJson, retentionLines } = await import("../retain/retention-report.ts");
    const lanes = await retentionsIn(folder, isDryRun, io);
    if (json) printJson(io, { dryRun: isDryRun, lanes: lanes.map(retentionJson) });
    else printLines(io, retentionLines(lanes, isDryRun));
    return lanes.some(({ failure }) => failure !== null) ? 1 : 0;
  },
};
