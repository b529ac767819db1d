import {
  createRecorder,
  type EventDraft,
  type RecorderHealth,
  type Redactor,
  type TracePer,
} from "@spoor/core";
import type { Io } from "../io.ts";
import { createBreather } from "./breather.ts";
import type { FileCounts } from "./file-counts.ts";
import type { Framework } from "./framework.ts";
import type { ImportState } from "./import-state.ts";
import { openReadings } from "./open-readings.ts";
import type { Plan } from "./plan.ts";
import type { ProgressBar } from "./progress-bar.ts";
import { readTogether } from "./read-together.ts";
import type { RecentContent } from "./recent-content.ts";
import { RecordedSessions, type SessionChanged } from "./recorded-sessions.ts";
import { reasonOf } from "../printing/file-failure.ts";
import type { Broken } from "./source-files.ts";
import { readingTogether } from "./surroundings.ts";

export interface ImportOptions {
  readonly framework: Framework;
  readonly plan: Plan;
  /** What they are recorded in. */
  readonly recent: RecentContent;
  /** Told of each file that is imported whole, and saved when all of that is written. */
  readonly state: ImportState;
  readonly redact: Redactor | "off";
  readonly tracePer: TracePer;
  /** Nothing but this session. */
  readonly session: string | undefined;
  readonly bar: ProgressBar;
  /** Told of each session that something was added to; again where more is added later. */
  readonly changed: SessionChanged;
}

/** What came of the files that were read. */
export interface Imported {
  /** By path: those that were read to their end. */
  readonly files: ReadonlyMap<string, FileCounts>;
  readonly broken: readonly Broken[];
  /** Somebody wanted it to end before all was read. */
  readonly stopped: boolean;
  readonly recorder: RecorderHealth;
}

/**
 * Files into a journal, group by group, each file by a translator of its own. What the journal knows is not said again, so importing twice, or
 * a longer recording later, adds only what is new. Neither the size of the files nor that of the journal shows in the memory it takes.
 */
export async function importFiles(
  { framework, plan, recent, state, redact, tracePer, session, bar, changed }: ImportOptions,
  io: Io,
): Promise<Imported> {
  const { journal } = recent;
  const interruption = io.interruption();
  const breather = createBreather(io.now);
  const sessions = new RecordedSessions(journal, changed);
  const recorder = createRecorder({
    journal,
    clock: io.now,
    recording: true,
    ...(redact === "off" ? {} : { redact }),
    tracePer,
    known: (of, id) => sessions.find(of, id),
    recorded: (event, position) => sessions.add(event, position),
  });
  const record = (draft: EventDraft): void => {
    sessions.note(draft);
    if (session === undefined || draft.session === session) recorder.emit(draft);
  };
  const reading = readingTogether(framework, plan.groups.flat(), journal);
  const files = new Map<string, FileCounts>();
  const broken: Broken[] = [];
  let bytes = 0;

  /** True: somebody wants it to end. */
  const readGroup = async (paths: readonly string[]): Promise<boolean> => {
    const { refused } = recorder.health();
    const whole: (() => void)[] = [];
    const open = openReadings(paths, reading, (call) => sessions.sessionOf(call), {
      finished: (path, counts, stamp) => {
        files.set(path, counts);
        whole.push(() => state.add(path, { ...counts, stamp }));
      },
      failed: (path, error) => broken.push({ path, reason: reasonOf(error) }),
    });
    try {
      for (const step of readTogether(open.readings)) {
        for (const draft of step.drafts) record(draft);
        bytes += step.bytes;
        if (!breather.isDue()) continue;
        bar.show(bytes);
        await breather.breathe();
        if (interruption.aborted) return true;
      }
    } finally {
      open.close();
    }
    if (session === undefined && recorder.health().refused === refused)
      for (const remember of whole) remember();
    return false;
  };

  let stopped = false;
  for (const group of plan.groups) {
    stopped = await readGroup(group);
    sessions.close();
    recent.forget();
    if (stopped) break;
  }
  bar.clear();
  await journal.flush();
  const { lost, lostContent } = journal.health();
  if (lost + lostContent === 0 && files.size > 0) state.save(sessions.ends());
  return { files, broken, stopped, recorder: recorder.health() };
}
