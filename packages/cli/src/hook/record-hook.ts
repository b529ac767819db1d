import { claudeHooks, type HookEvent } from "@spoor/claude-code";
import { createRecorder, diskJournal, journalFolder, redactor, resolveConfig } from "@spoor/core";
import { statSync } from "node:fs";
import { join } from "node:path";
import { readArguments } from "../typed/arguments.ts";
import { BadInput } from "../bad-input.ts";
import type { Io } from "../io.ts";
import { spawnerOf } from "./spawner.ts";

/**
 * A process that lives for one event looks through what its segment holds already; in small segments that takes no time, however large the
 * journal is.
 */
const segmentBytes = 4 * 1024 ** 2;

/** What a hook's process is told. */
interface Told {
  readonly input: () => Promise<string>;
  /** Milliseconds since the epoch. */
  readonly happenedAt: number;
}

/** One event into the journal, in a lane that is free: the next process goes on in the same one. Throws what hinders it. */
export async function recordHook(
  args: readonly string[],
  { input, happenedAt }: Told,
  io: Io,
): Promise<void> {
  const { positionals, dir } = readArguments("hook", args, {});
  if (positionals[0] !== claudeHooks.name)
    throw new BadInput(`name whose hook it is, as in spoor hook ${claudeHooks.name}`);
  const event = claudeHooks.parse(await input());
  if (event === null)
    throw new BadInput("expected a hook's input as one JSON object on standard input");
  const { config } = await resolveConfig({
    dir: io.cwd,
    file: configWithoutCode(io.cwd),
    environment: io.env,
  });
  const { journal: where, redact, maxContentBytes, tracePer } = config;
  if (where === "memory") throw new BadInput("the config keeps the journal in memory");
  const journal = diskJournal({
    ...where,
    dir: journalFolder(dir ?? where?.dir, io.env, io.cwd),
    clock: io.now,
    segmentBytes,
  });
  try {
    const recorder = createRecorder({
      journal,
      clock: io.now,
      redact: redact === undefined || redact === "off" ? redactor() : redact,
      ...(maxContentBytes === undefined ? {} : { maxContentBytes }),
      ...(tracePer === undefined ? {} : { tracePer }),
    });
    for (const draft of claudeHooks.createTranslator().translate(placed(event, happenedAt)))
      recorder.emit(draft);
    const { refused, lastRefusal } = recorder.health();
    const { lost, lostContent, failure } = journal.health();
    if (refused + lost + lostContent > 0)
      throw lastRefusal ?? failure ?? new Error("not all of it could be written");
  } finally {
    await journal.close();
  }
}

/**
 * Whoever opens a folder has not agreed to what lies in it: a config that is code counts for nothing here, and none switches redaction off. Null:
 * there is no other.
 */
function configWithoutCode(folder: string): string | null {
  const path = join(folder, "spoor.config.json");
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? path : null;
}

/** With when it happened, and with what a look beside the transcript tells. */
function placed(event: HookEvent, at: number): HookEvent {
  const spawner = event.spawner ?? spawnerOf(event.input);
  return { at, ...event, ...(spawner === undefined ? {} : { spawner }) };
}
