import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { diskJournal } from "./disk-journal.ts";
import { appendNext } from "./entries.fixture.ts";

/** In a thread of its own: takes a lane, appends so many entries, says which lane it is, and waits to be told to close, or to be terminated. */
const { dir, entries } = workerData as { readonly dir: string; readonly entries: number };
const journal = diskJournal({ dir });
for (let n = 0; n < entries; n += 1) appendNext(journal, { lane: journal.lane });
const parent = parentPort as MessagePort;
parent.once("message", () => void journal.close().then(() => parent.close()));
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- this is no window
parent.postMessage(journal.lane);
