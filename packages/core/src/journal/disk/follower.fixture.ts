import { existsSync } from "node:fs";
import type { ContentRef } from "../../vocabulary/event.ts";
import type { Position } from "../journal.ts";
import { parseEntry } from "./entries.fixture.ts";
import { journalReader } from "./journal-reader.ts";

/**
 * Follows the journal in a folder until a file says that the writers are done, then reads the rest. Throws at the first entry that is torn, out of sequence
 * or without its content. Prints the number of entries of each lane.
 */
const [dir = "", done = ""] = process.argv.slice(2);
const reader = journalReader(dir);
const cursors = new Map<string, Position>();
const read = new Map<string, number>();
for (let isLast = false; ;) {
  for (const entry of reader.entries(cursors)) {
    const { lane, position, line } = entry;
    const cursor = cursors.get(lane);
    const isKnown = cursor?.segment === position.segment && cursor.offset === position.offset;
    if (isKnown) continue;
    const { sequence, ref, text } = parseEntry(entry);
    const expected = read.get(lane) ?? 0;
    if (sequence !== expected) throw new Error(`expected ${lane}/${expected}, got ${line}`);
    const value = reader.find(ref as ContentRef)?.value;
    if (value !== text) throw new Error(`content of ${lane}/${expected}: ${JSON.stringify(value)}`);
    read.set(lane, expected + 1);
    cursors.set(lane, position);
  }
  if (isLast) break;
  isLast = existsSync(done);
  await new Promise((resolve) => setTimeout(resolve, 5));
}
process.stdout.write(`${JSON.stringify(Object.fromEntries(read))}\n`);
