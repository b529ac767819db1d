import { coverageFindings } from "./coverage-findings.ts";
import type { Facts, Finding, JournalState, LaneState } from "./diagnosis.ts";
import { note, problem } from "./finding.ts";
import { plural } from "../printing/output.ts";
import { gapFindings } from "./gap-findings.ts";
import { sealFindings } from "./seal-findings.ts";
import { bytesText } from "./shown-value.ts";

/** Of a bound, from where on it is worth a word. */
const nearly = 0.9;

/** What keeps a journal from being written or read, or will make it forget. */
export function journalFindings({ journal }: Pick<Facts, "journal">): readonly Finding[] {
  if (!journal)
    return [note("JOURNAL_IN_MEMORY", "the journal is in memory: it is gone with the process")];
  return [
    ...folderFindings(journal),
    ...elsewhereFindings(journal),
    ...journal.lanes.flatMap((lane) => laneFindings(lane, journal)),
    ...journal.lanes.flatMap(gapFindings),
    ...sealFindings(journal),
    ...coverageFindings(journal.coverage),
  ];
}

function folderFindings(journal: JournalState): readonly Finding[] {
  const { dir, exists, readable, writable, sessions } = journal;
  if (!writable)
    return [
      problem(
        "JOURNAL_NOT_WRITABLE",
        exists
          ? `the journal in ${dir} cannot be written: nothing is recorded`
          : `no journal can be made in ${dir}: nothing is recorded`,
        "Let the user that runs the application write there, or name another folder (journal.dir, SPOOR_DIR).",
      ),
    ];
  if (!exists)
    return [
      note("JOURNAL_MISSING", `nothing was recorded yet: ${dir} is made with the first observer`),
    ];
  if (!readable)
    return [
      problem(
        "JOURNAL_NOT_READABLE",
        `the journal in ${dir} cannot be read`,
        "Run this as the user that runs the application.",
      ),
    ];
  if (sessions > 0) return [];
  return [
    note(
      "NO_SESSION",
      `there is no session in ${dir}`,
      "Check that the application has the same folder, and that its adapter is given the observer.",
    ),
  ];
}

function elsewhereFindings({ dir, elsewhere }: JournalState): readonly Finding[] {
  if (elsewhere === null) return [];
  return [
    note(
      "JOURNAL_ELSEWHERE",
      `there is another journal in ${elsewhere}, and this config is about the one in ${dir}`,
      `Give each observer the config: createObserver(await loadConfig()). Without it an observer records to SPOOR_DIR, else to .spoor where it is started, and keeps to nothing that the config says. What lies there: spoor sessions --dir ${elsewhere}`,
    ),
  ];
}

function laneFindings(
  { lane, unreadable, removed, bytes, writer }: LaneState,
  { maxBytes }: JournalState,
): readonly Finding[] {
  return [
    ...(unreadable > 0
      ? [
          note(
            "ENTRIES_UNREADABLE",
            `lane ${lane}: ${plural(unreadable, "line")} cannot be read, and are left out by every reader`,
          ),
        ]
      : []),
    ...(removed > 0
      ? [
          note(
            "ENTRIES_REMOVED",
            `lane ${lane}: its oldest entries went to keep the bound, or when their time was over, ${removed} so far`,
            maxBytes === null ? null : "Raise journal.maxBytes to keep more.",
          ),
        ]
      : []),
    ...(maxBytes !== null && removed === 0 && bytes > nearly * maxBytes
      ? [
          note(
            "LANE_NEARLY_FULL",
            `lane ${lane} holds ${bytesText(bytes)} of ${bytesText(maxBytes)}: the oldest entries will go`,
            "Raise journal.maxBytes to keep more.",
          ),
        ]
      : []),
    ...(writer.state === "elsewhere"
      ? [
          note(
            "LANE_HELD_ELSEWHERE",
            `lane ${lane} is held by ${writer.host ?? "another host"}: whether it still runs cannot be told from here, so nobody else takes it`,
            "Give each host a folder of its own.",
          ),
        ]
      : []),
  ];
}
