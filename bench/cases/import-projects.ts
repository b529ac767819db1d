import { cpSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Benchmark } from "../benchmark.ts";
import { bytesIn } from "../bytes-in.ts";
import { heapInUse, peakMegabytes } from "../heap.ts";
import { importFolders } from "../projects-folder/import-folder.ts";
import { growSessions, makeProjectsFolder } from "../projects-folder/projects-folder.ts";

const wholeBytes = 200_000_000;
const warmUpBytes = 6_000_000;
const growing = [3, 14, 25, 36, 47, 58, 69, 80];
const turnsMore = 2;

export const benchmark: Benchmark = {
  name: "import of Claude Code's history",
  note: "200 MB of transcripts in 12 projects, made up: some 100 sessions with tool results of many sizes, subagents, compactions and pictures. The command itself, with redaction, the look-up of what is known and the summary with what it cost; the start of the process is not in it. Then again with nothing changed, and again with 8 sessions grown by 2 turns: those are read from their beginning. Half of the peak is the young generation that V8 allows itself on this machine; with `--max-semi-space-size=16` it is some 100 MB less.",
  prepare(folder) {
    makeProjectsFolder(join(folder, "warm-up"), warmUpBytes);
    makeProjectsFolder(join(folder, "history"), wholeBytes);
    return Promise.resolve();
  },
  async run({ prepared, scratch }) {
    const history = join(scratch, "history");
    const journal = join(scratch, "journal");
    mkdirSync(journal);
    cpSync(join(prepared, "history"), history, { recursive: true });
    const projects = readdirSync(history).map((name) => join(history, name));
    const bytes = bytesIn(history);
    const other = join(scratch, "other journal");
    mkdirSync(other);
    await importFolders([join(prepared, "warm-up")], other);

    const half = await importFolders(projects.slice(0, projects.length / 2), journal);
    const heapAtHalf = heapInUse();
    const rest = await importFolders(projects.slice(projects.length / 2), journal);
    const peak = peakMegabytes();
    const heap = heapInUse();
    const stored = bytesIn(journal);
    const unchanged = await importFolders([history], journal);
    const grownBytes = growSessions(history, growing, turnsMore);
    const grown = await importFolders([history], journal);
    const events = half.report.events + rest.report.events;
    return [
      {
        name: "import",
        value: bytes / (half.spent + rest.spent) / 1_000,
        unit: "MB/s",
        target: { atLeast: 30 },
      },
      {
        name: "import, by the clock",
        value: bytes / (half.elapsed + rest.elapsed) / 1_000,
        unit: "MB/s",
      },
      { name: "peak memory", value: peak, unit: "MB", target: { atMost: 150 } },
      { name: "heap growth, second half", value: (heap - heapAtHalf) / 1_024, unit: "kB" },
      { name: "again, nothing changed", value: unchanged.spent, unit: "ms" },
      { name: "again, 8 sessions grown", value: grown.spent, unit: "ms" },
      { name: "of these, read", value: grownBytes / grown.spent / 1_000, unit: "MB/s" },
      { name: "events", value: events / (bytes / 1_000_000), unit: "events/MB" },
      { name: "journal ÷ transcripts", value: stored / bytes, unit: "×" },
    ];
  },
};
