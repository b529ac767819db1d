import { isAbsolute, relative } from "node:path";
import { contentReader, diskJournal, redactor } from "@spoor/core";
import { ledgerOf } from "@spoor/core/cost";
import { BadInput } from "../bad-input.ts";
import { configHere } from "../config-here.ts";
import { pricing } from "../cost/pricing.ts";
import type { ExitCode, Io } from "../io.ts";
import { journalFolderFor } from "../record/journal-folder.ts";
import { plural, printJson, printLines, warn } from "../printing/output.ts";
import { version } from "../version.ts";
import { autogenRecordings } from "./autogen.ts";
import { claudeCodeRecordings } from "./claude-code.ts";
import { codeStamp } from "./code-stamp.ts";
import { crewaiRecordings } from "./crewai.ts";
import type { Framework } from "./framework.ts";
import { importFiles } from "./import-files.ts";
import { importReport } from "./import-report.ts";
import { ImportState } from "./import-state.ts";
import { langfuseDocuments } from "./langfuse.ts";
import { changedSince, planOf } from "./plan.ts";
import { hiddenBar, progressBar } from "./progress-bar.ts";
import { withRecentContent } from "./recent-content.ts";
import { recordingsNamed } from "./recordings-named.ts";
import { nothingSpent, SessionsTotals } from "./session-totals.ts";
import { summaryLines } from "./summary-lines.ts";
import { isIncomplete, warningsOf } from "./warnings.ts";

const frameworks: readonly Framework[] = [
  claudeCodeRecordings,
  autogenRecordings,
  crewaiRecordings,
  langfuseDocuments,
];

export interface ImportAsked {
  readonly framework: string | undefined;
  /** Files and folders. None: what the framework keeps by itself. */
  readonly names: readonly string[];
  /** Of the journal. */
  readonly dir: string | undefined;
  readonly json: boolean;
  /** Nothing but this one. */
  readonly session: string | undefined;
  /** When the files that count were written to. */
  readonly earliest: number;
}

/** Nothing is written before all that was named is known to be readable. */
export async function runImport(asked: ImportAsked, io: Io): Promise<ExitCode> {
  const { json, session } = asked;
  const framework = frameworkNamed(asked.framework);
  const recordings = recordingsNamed(asked.names, framework, io);
  const groups = changedSince(recordings.groups, asked.earliest);
  const config = await configHere(io);
  const folder = await journalFolderFor(asked.dir, io);
  // What an import loses with the machine, it adds when it is done again.
  const journal = diskJournal({ dir: folder, clock: io.now, acknowledge: "memory" });
  const { removed: removedBefore } = journal.health();
  try {
    const reader = journal.reader();
    const by = `${version()} ${codeStamp(framework.adapter)}`;
    const state = new ImportState(folder, framework.name, by, reader);
    const plan = planOf(groups, framework, state);
    const recent = withRecentContent(journal, contentReader(reader));
    const prices = plan.groups.length === 0 ? null : await pricing(io, config);
    const totals =
      prices && new SessionsTotals((view) => ledgerOf(view, recent.content, prices.book));
    const redact = config.redact ?? redactor();
    const bar = json ? hiddenBar : progressBar(io, plan.bytes);
    const { recorder, ...imported } = await importFiles(
      {
        framework,
        plan,
        recent,
        state,
        redact,
        tracePer: config.tracePer ?? "turn",
        session,
        bar,
        changed: (id, view) => totals?.tell(id, view),
      },
      io,
    );
    const report = importReport({
      ...imported,
      broken: [...recordings.broken, ...plan.broken, ...imported.broken],
      paths: groups.flat(),
      unchanged: plan.unchanged,
      events: recorder.recorded,
      session,
      totals: totals?.totals() ?? nothingSpent,
    });
    if (session !== undefined && report.sessions.length === 0 && !report.stopped)
      throw new BadInput(
        `nothing in ${plural(report.files, "file")} belongs to session ${session}`,
      );
    if (json) printJson(io, report);
    else
      printLines(io, summaryLines(report, { folder: shortPath(folder, io.cwd), dir: asked.dir }));
    const outcome = { report, recorder, journal: journal.health(), removedBefore };
    for (const sentence of warningsOf(outcome)) warn(io, sentence);
    await prices?.settled();
    return isIncomplete(outcome) ? 1 : 0;
  } finally {
    await journal.close();
  }
}

/** What lies below is named from here. */
function shortPath(path: string, cwd: string): string {
  const fromHere = relative(cwd, path);
  return fromHere === "" || fromHere.startsWith("..") || isAbsolute(fromHere) ? path : fromHere;
}

function frameworkNamed(name: string | undefined): Framework {
  const framework = frameworks.find((candidate) => candidate.name === name);
  if (framework) return framework;
  const known = frameworks.map((candidate) => candidate.name).join(", ");
  throw new BadInput(
    name === undefined
      ? "name the framework, as in spoor import claude-code"
      : `recordings of ${name} cannot be imported, only those of ${known}`,
  );
}
