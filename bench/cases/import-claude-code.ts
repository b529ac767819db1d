import { appendFileSync, createReadStream, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { claudeCode } from "@spoor/claude-code";
import { createRecorder, diskJournal, type Recorder } from "@spoor/core";
import type { Benchmark } from "../benchmark.ts";
import { now, stopwatch } from "../clock.ts";
import { heapInUse, peakMegabytes } from "../heap.ts";

const fixtures = new URL("../../packages/claude-code/src/fixtures/", import.meta.url);
const wholeBytes = 52_000_000;
const fileBytes = 1_000_000;

export const benchmark: Benchmark = {
  name: "import of Claude Code streams",
  note: "52 MB in files of 1 MB, a session each: the recorded streams of the tests over and over, with ids and texts of their own each time. Read line by line, translated, recorded to disk. Without a look-up of what is known already.",
  prepare(folder) {
    const recordings = readdirSync(fixtures)
      .filter((name) => name.endsWith(".native.ndjson"))
      .map((name) => readFileSync(new URL(name, fixtures), "utf8"));
    for (let file = 0, bytes = 0; bytes < wholeBytes; file += 1) {
      const recording = recordings[file % recordings.length] ?? "";
      for (let copy = 0, written = 0; written < fileBytes; copy += 1) {
        const lines = renewed(recording, file, copy);
        appendFileSync(join(folder, `${file}.ndjson`), lines);
        written += lines.length;
        bytes += lines.length;
      }
    }
    return Promise.resolve();
  },
  async run({ prepared, scratch }) {
    const files = readdirSync(prepared).map((name) => join(prepared, name));
    const journal = diskJournal({ dir: join(scratch, "journal"), maxBytes: null });
    const recorder = createRecorder({ journal, clock: now, recording: true });
    const [warmUp = "", ...measured] = files;
    await importFile(warmUp, recorder);
    const half = measured.length >> 1;

    const watch = stopwatch();
    for (const file of measured.slice(0, half)) await importFile(file, recorder);
    const spent = watch.spent();
    const peakAtHalf = peakMegabytes();
    const heapAtHalf = heapInUse();
    const rest = stopwatch();
    for (const file of measured.slice(half)) await importFile(file, recorder);
    const spentInRest = rest.spent();
    const elapsedInRest = rest.elapsed();
    const peak = peakMegabytes();
    const heap = heapInUse();

    const { refused, lastRefusal, recorded } = recorder.health();
    const { bytes, lost } = journal.health();
    await journal.close();
    if (refused + lost > 0)
      throw new Error(`expected nothing to be lost, received ${refused} refused, ${lost} lost`, {
        cause: lastRefusal,
      });
    const megabytes = megabytesOf(measured);
    const restMegabytes = megabytesOf(measured.slice(half));
    return [
      {
        name: "import",
        value: (megabytes / (spent + spentInRest)) * 1_000,
        unit: "MB/s",
        target: { atLeast: 30 },
      },
      {
        name: "import, by the clock",
        value: (restMegabytes / elapsedInRest) * 1_000,
        unit: "MB/s",
      },
      { name: "peak memory", value: peak, unit: "MB" },
      {
        name: "peak, end ÷ half-way",
        value: peak / peakAtHalf,
        unit: "×",
        target: { atMost: 1.25 },
      },
      { name: "heap growth, second half", value: (heap - heapAtHalf) / 1_024, unit: "kB" },
      { name: "events", value: recorded / megabytesOf(files), unit: "events/MB" },
      { name: "journal ÷ stream", value: bytes / 1_000_000 / megabytesOf(files), unit: "×" },
    ];
  },
};

async function importFile(path: string, recorder: Recorder): Promise<void> {
  const translator = claudeCode.createTranslator();
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const native = claudeCode.parse(line);
    if (native) for (const draft of translator.translate(native)) recorder.emit(draft);
  }
}

const megabytesOf = (files: readonly string[]): number =>
  files.reduce((total, path) => total + statSync(path).size, 0) / 1_000_000;

const uuid = /[0-9a-f]{8}(?=-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/g;
const sessionId = /"session_id":"([0-9a-f]{8})/g;
const madeId = /\b(?:msg|toolu|req)_\w+/g;
const saidText = /"(?:text|content|stdout|prompt|result|thinking)":"/g;

/** A copy that says something else: other ids, other texts. Its sessions go on from copy to copy, and are others in each file. */
function renewed(recording: string, file: number, copy: number): string {
  const number = file * 10_000 + copy;
  const sessions = [...new Set(Array.from(recording.matchAll(sessionId), ([, head]) => head))];
  return recording
    .replace(uuid, (head) => {
      const session = sessions.indexOf(head);
      const renewedHead = session < 0 ? Number.parseInt(head, 16) ^ number : file * 16 + session;
      return (renewedHead >>> 0).toString(16).padStart(8, "0");
    })
    .replace(madeId, (id) => `${id}${number}`)
    .replace(saidText, (said) => `${said}${number} `);
}
