import { setTimeout as pause } from "node:timers/promises";
import { diskJournal } from "../journal/disk/disk-journal.ts";
import { createRecorder } from "../recorder/recorder.ts";
import { ended, sessionStarted, tool, turn } from "../testing-kit/drafts.ts";

/** Records sessions for some milliseconds into small segments with a bound, and prints the number of each. */
const [dir = "", milliseconds = "0"] = process.argv.slice(2);
const journal = diskJournal({ dir, segmentBytes: 20_000, maxBytes: 120_000 });
const recorder = createRecorder({ journal, clock: Date.now });
const end = Date.now() + Number(milliseconds);
for (let count = 0; Date.now() < end; count += 1) {
  const session = `session ${journal.lane}/${count}`;
  const drafts = [
    sessionStarted({ session, userId: `user ${count % 7}` }),
    turn("t", { session, input: `question ${count}` }),
    tool("c", "t", { session, name: `tool ${count % 5}`, input: { count } }),
    ended("tool", "c", { session, output: "answer ".repeat(count % 50) }),
    ended("turn", "t", { session }),
  ];
  for (const draft of drafts) recorder.emit(draft);
  process.stdout.write(`${count}\n`);
  if (count % 5 === 0) await pause(1);
}
await journal.close();
