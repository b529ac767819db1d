import cluster from "node:cluster";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { expect, onTestFinished, test } from "vitest";
import { startChild } from "../../testing-kit/child.ts";
import { diskJournal } from "./disk-journal.ts";
import { appendNext, parseEntry, sequencesIn, upTo } from "./entries.fixture.ts";
import { journalReader } from "./journal-reader.ts";
import { lanesIn } from "./lane-holder.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";

interface Thread {
  readonly worker: Worker;
  readonly lane: string;
}

async function startThread(dir: string, entries: number): Promise<Thread> {
  const worker = new Worker(new URL("worker.fixture.ts", import.meta.url), {
    workerData: { dir, entries },
    execArgv: ["--conditions=@spoor/source"],
  });
  onTestFinished(async () => void (await worker.terminate()));
  const [lane] = (await once(worker, "message")) as [string];
  return { worker, lane };
}

const knowsThreads = process.platform === "linux";

test("the threads of one process have a lane each, and write at the same time", async () => {
  const dir = temporaryFolder();
  const own = diskJournal({ dir });
  const threads = await Promise.all([startThread(dir, 200), startThread(dir, 200)]);
  for (const _ of upTo(200)) appendNext(own, { lane: own.lane });

  expect(new Set([own.lane, ...threads.map(({ lane }) => lane)])).toEqual(new Set(["0", "1", "2"]));
  const reader = journalReader(dir);
  for (const lane of reader.lanes()) {
    const entries = [...reader.entriesOf(lane)];
    expect(sequencesIn(entries)).toEqual(upTo(200));
    for (const entry of entries) expect(parseEntry(entry)["lane"]).toBe(lane);
  }
  await own.close();
});

test("a thread that closes its journal frees its lane", async () => {
  const dir = temporaryFolder();
  const { worker, lane } = await startThread(dir, 1);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- this is no window
  worker.postMessage("close");
  await once(worker, "exit");
  const heir = diskJournal({ dir });
  expect([lane, heir.lane, heir.tail.sequence]).toEqual(["0", "0", 0]);
  await heir.close();
});

test.runIf(knowsThreads)(
  "a thread that was terminated frees its lane, for this process and for others",
  async () => {
    const dir = temporaryFolder();
    const [first, second] = [await startThread(dir, 3), await startThread(dir, 3)];
    expect(lanesIn(dir).map(({ holder }) => holder?.pid)).toEqual([process.pid, process.pid]);
    await first.worker.terminate();
    await second.worker.terminate();
    expect(lanesIn(dir)).toMatchObject([
      { lane: "0", holder: null, vanished: { pid: process.pid } },
      { lane: "1", holder: null, vanished: { pid: process.pid } },
    ]);

    const heir = diskJournal({ dir });
    expect([heir.lane, heir.tail.sequence]).toEqual(["0", 2]);
    const child = startChild(new URL("writer.fixture.ts", import.meta.url), dir, "60000", "1");
    await child.printed(1);
    expect(child.lines()[0]).toBe("1 3");
    await heir.close();
  },
);

test.runIf(knowsThreads)("a lock that names no thread is held until its process ends", async () => {
  const dir = temporaryFolder();
  const { worker } = await startThread(dir, 1);
  const path = join(dir, "lanes/0/lock.1");
  const { task: _, ...lock } = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  await worker.terminate();
  writeFileSync(path, JSON.stringify(lock));
  const journal = diskJournal({ dir });
  expect(journal.lane).toBe("1");
  await journal.close();
});

test("the processes of a cluster have a lane each", async () => {
  const dir = temporaryFolder();
  cluster.setupPrimary({
    exec: new URL("writer.fixture.ts", import.meta.url).pathname,
    args: [dir, "60000", "5"],
    execArgv: ["--conditions=@spoor/source"],
    silent: true,
  });
  const forks = [cluster.fork(), cluster.fork()];
  onTestFinished(() => forks.forEach((fork) => fork.process.kill("SIGKILL")));
  await Promise.all(
    forks.map(({ process: { stdout } }) => (stdout ? once(stdout, "data") : Promise.reject())),
  );
  const reader = journalReader(dir);
  expect(reader.lanes()).toEqual(["0", "1"]);
  for (const lane of reader.lanes()) {
    const sequences = sequencesIn(reader.entriesOf(lane));
    expect(sequences.length).toBeGreaterThan(0);
    expect(sequences).toEqual(upTo(sequences.length));
  }
});
