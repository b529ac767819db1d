import type { Command } from "./command.ts";

/** Commands that somebody has in mind at once. */
export interface CommandGroup {
  readonly title: string;
  readonly commands: readonly Command[];
}

/** One screen that teaches: what it is for, what to type first, what else there is. */
export function helpLines(groups: readonly CommandGroup[]): readonly string[] {
  const all = groups.flatMap(({ commands }) => commands);
  const width = Math.max(...all.map(({ name }) => name.length));
  return [
    "spoor: the flight recorder for AI agents",
    "  See what your agents did, and what it cost:",
    "    spoor import claude-code",
    "    spoor cost --by day",
    "    spoor show latest",
    ...groups.flatMap(({ title, commands }) => [
      "",
      title,
      ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    ]),
    "",
    "Everywhere",
    "  --dir D    the journal's folder; else journal.dir of the spoor.config.* here,",
    "             else SPOOR_DIR, else .spoor here",
    "  --json     one JSON document, in a form that stays",
    "  --help     of spoor or of a command, and --version of spoor",
    "  SPOOR_DEBUG=1 in the environment: of what goes wrong the stack, too",
    "  exit code  0 done, 1 a problem was found, 2 bad input, and nothing was changed",
  ];
}

export function commandHelp({
  usage,
  summary,
  details,
  withoutJournal,
}: Command): readonly string[] {
  const journal = withoutJournal
    ? []
    : ["", "--dir D names the journal's folder; spoor --help says which it is else."];
  return [
    `spoor ${usage}`,
    `  ${summary}`,
    "",
    ...[...details, ...journal].map((line) => line && `  ${line}`),
  ];
}
