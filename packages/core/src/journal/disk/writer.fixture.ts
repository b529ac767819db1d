import { Buffer } from "node:buffer";
import { writeSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { diskJournal } from "./disk-journal.ts";
import { appendNext, refTo } from "./entries.fixture.ts";

/** Appends to the journal in a folder for some milliseconds, and prints the number of each entry after it was acknowledged. */
const [dir = "", milliseconds = "0", pauseEvery = "0", segmentBytes = "65536"] =
  process.argv.slice(2);
const journal = diskJournal({ dir, segmentBytes: Number(segmentBytes) });
const end = Date.now() + Number(milliseconds);
while (Date.now() < end) {
  const sequence = journal.tail.sequence + 1;
  const text = `ünïcode ${journal.lane}/${sequence} ${"🦌".repeat(sequence % 97)}`;
  const ref = refTo(text);
  journal.segment();
  journal.store(`subject ${sequence % 5}`, ref, JSON.stringify(text));
  if (!appendNext(journal, { text, ref })) throw journal.health().failure ?? new Error("lost");
  await print(`${journal.lane} ${sequence}\n`);
  if (sequence % Number(pauseEvery) === 0) await pause(1);
}
await journal.close();

/** Whoever reads it may be behind. */
async function print(line: string): Promise<void> {
  for (let rest = Buffer.from(line); rest.length > 0;)
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) throw error;
      await pause(1);
    }
}
