import { claudeCode } from "@spoor/claude-code";
import {
  diskJournal,
  journalFolder,
  type JournalHealth,
  type RecorderHealth,
  redactor,
  resolveConfig,
} from "@spoor/core";
import { readArguments } from "../arguments.ts";
import { BadInput } from "../bad-input.ts";
import type { Command } from "../command.ts";
import { importFiles, type ImportReport } from "../import/import-files.ts";
import { recordingKind } from "../import/recording-kind.ts";
import { sourceFiles } from "../import/source-files.ts";
import type { ExitCode, Io } from "../io.ts";
import { plural, printJson, printLines, warn } from "../output.ts";

/** What a framework recorded, into the journal. Nothing is written before all of the input is known to be readable. */
export const importRecordings: Command = {
  name: "import",
  usage: "import claude-code FILE… [--session ID] [--json]",
  summary: "recordings of a framework into the journal",
  details: [
    "claude-code   lines of claude -p --output-format stream-json, or messages of the Agent SDK",
    "FILE          a file, or a folder with .jsonl and .ndjson files",
    "--session ID  only what belongs to this session",
    "--json        { sessions, lines, events, unknown, malformed }; events counts new ones",
    "",
    "Importing again adds only what is new.",
  ],
  async run(args, io) {
    const { positionals, dir, json, session } = readArguments("import", args, {
      session: "string",
    });
    const files = filesNamed(positionals, io);
    const { config } = await resolveConfig({ dir: io.cwd, environment: io.env });
    const folder = journalFolder(dir, io.env, io.cwd);
    // What an import loses with the machine, it adds when it is done again.
    const journal = diskJournal({ dir: folder, clock: io.now, acknowledge: "memory" });
    const { removed } = journal.health();
    try {
      const { recorder, ...report } = importFiles(
        claudeCode,
        {
          files,
          journal,
          redact: config.redact ?? redactor(),
          ...(session === undefined ? {} : { session }),
        },
        io,
      );
      if (session !== undefined && report.sessions.length === 0)
        throw new BadInput(
          `nothing in ${plural(files.length, "file")} belongs to session ${session}`,
        );
      await journal.flush();
      if (json) printJson(io, report);
      else printLines(io, summaryOf(report));
      return sayWhatWentWrong(recorder, journal.health(), removed, io);
    } finally {
      await journal.close();
    }
  },
};

function filesNamed([framework, ...named]: readonly string[], io: Io): readonly string[] {
  if (framework !== claudeCode.name)
    throw new BadInput(
      framework === undefined
        ? "name the framework and the files, as in spoor import claude-code recording.ndjson"
        : `recordings of ${framework} cannot be imported, only those of ${claudeCode.name}`,
    );
  if (named.length === 0)
    throw new BadInput(
      `name the files to import, as in spoor import ${framework} recording.ndjson`,
    );
  const files = sourceFiles(named, io.cwd);
  for (const file of files) {
    const kind = recordingKind(file);
    if (kind === "transcript")
      throw new BadInput(
        `${file} is a transcript, which cannot be imported yet: record with --output-format stream-json`,
      );
    if (kind === "record")
      throw new BadInput(
        `${file} was written by Spoor itself: to move a record, copy the folder of its journal and name that with --dir`,
      );
  }
  return files;
}

function summaryOf(report: ImportReport): readonly string[] {
  const { sessions, lines, events, unknown, malformed } = report;
  const [only, ...others] = sessions;
  return [
    `${plural(lines, "line")} read, ${plural(events, "new event")} in ${plural(sessions.length, "session")}`,
    ...(unknown > 0
      ? [`${plural(unknown, "line")} of a kind that is not known, kept as noted`]
      : []),
    ...(malformed > 0 ? [`${plural(malformed, "line")} could not be read`] : []),
    ...(only === undefined
      ? []
      : [`see spoor ${others.length === 0 ? `show ${only}` : "sessions"}`]),
  ];
}

/** The input was fine, but not all of it is in the journal: a problem that is found, not bad input. */
function sayWhatWentWrong(
  recorder: RecorderHealth,
  journal: JournalHealth,
  removedBefore: number,
  io: Io,
): ExitCode {
  if (recorder.refused > 0)
    warn(
      io,
      `${plural(recorder.refused, "fact")} could not be recorded: ${reason(recorder.lastRefusal)}`,
    );
  const removed = journal.removed - removedBefore;
  if (removed > 0)
    warn(io, `the journal is full: the oldest entries had to go, ${removed} of them`);
  const lost = journal.lost + journal.lostContent;
  if (lost > 0) warn(io, `${lost} writes failed (${reason(journal.failure)}): import again`);
  return lost > 0 ? 1 : 0;
}

const reason = (error: Error | null): string => error?.message ?? "no reason was given";
