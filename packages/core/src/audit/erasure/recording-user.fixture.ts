import { existsSync, writeSync } from "node:fs";
import { diskJournal } from "../../journal/disk/disk-journal.ts";
import { createRecorder } from "../../recorder/recorder.ts";
import * as say from "../../testing-kit/drafts.ts";

/**
 * Records turns of a user, and prints the number of each after it was recorded. `busy`: all the while. `idle`: fifty, and then none until a file is there, then fifty
 * more. `stuck`: fifty, and then hears of nothing any more. Ends when a file says so, and prints what its journal and its recorder say.
 */
const [dir = "", user = "", mode = "busy", go = "", done = ""] = process.argv.slice(2);
const journal = diskJournal({ dir, segmentBytes: 20_000 });
const recorder = createRecorder({ journal, clock: Date.now });
let slowestMs = 0;
let said = 0;

function sayTurn(): void {
  const session = `thread ${said % 3}`;
  const key = `turn ${said}`;
  const messages = [`before ${said}`, `said ${said}.`];
  const drafts = [
    say.sessionStarted({ session, userId: user, mark: key }),
    say.turn(key, { session, input: `said ${said}.` }),
    say.model(`call ${said}`, key, { session, context: { messages } }),
    say.ended("turn", key, { session, output: { answer: `said ${said}.` } }),
  ];
  const startedAt = performance.now();
  for (const draft of drafts) recorder.emit(draft);
  if (said > 100) slowestMs = Math.max(slowestMs, performance.now() - startedAt);
  writeSync(1, `${said}\n`);
  said += 1;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const sayFifty = (): void => {
  for (let turn = 0; turn < 50; turn += 1) sayTurn();
};

if (mode !== "busy") sayFifty();
if (mode === "stuck") Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
while (!existsSync(mode === "idle" ? go : done)) {
  if (mode === "busy") sayTurn();
  await pause(mode === "busy" ? 2 : 20);
}
if (mode === "idle") sayFifty();
await journal.close();
const { lost, lostContent, entries } = journal.health();
writeSync(1, `${JSON.stringify({ lost, lostContent, entries, slowestMs })}\n`);
