import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { claudeCode } from "@spoor/claude-code";
import { createRecorder, diskJournal } from "@spoor/core";
import { noon } from "../spoor.fixture.ts";

const recordings = new URL("../../../claude-code/src/fixtures/", import.meta.url);
const ending = ".native.ndjson";

/** Recordings of Claude Code, by scenario. */
export const scenarios: readonly string[] = readdirSync(recordings)
  .filter((file) => file.endsWith(ending))
  .map((file) => file.slice(0, -ending.length))
  .toSorted();

/** A journal with these recordings, in a folder. */
export async function claudeJournal(cwd: string, ...named: readonly string[]): Promise<string> {
  const dir = join(cwd, ".spoor");
  const journal = diskJournal({ dir, clock: () => noon });
  const recorder = createRecorder({ journal, clock: () => noon, recording: true });
  for (const scenario of named) {
    const translator = claudeCode.createTranslator();
    const lines = readFileSync(new URL(`${scenario}${ending}`, recordings), "utf8");
    for (const line of lines.split("\n")) {
      const native = line === "" ? null : claudeCode.parse(line);
      if (native !== null) for (const draft of translator.translate(native)) recorder.emit(draft);
    }
  }
  await journal.close();
  return dir;
}
