import { closeSync, cpSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { journalReader } from "@spoor/core";
import { sealJournal } from "@spoor/core/audit";
import type { Benchmark, Figure } from "../benchmark.ts";
import { bytesIn } from "../bytes-in.ts";
import { stopwatch } from "../clock.ts";
import { peakMegabytes } from "../heap.ts";
import { type History, histories, recordHistory, warmUpHistory } from "../history.ts";
import { chained, wholeLinks } from "../journal/plain.ts";
import { linesIn } from "../seal/lines-in.ts";
import { mustVerify } from "../seal/must-verify.ts";

export const benchmark: Benchmark = {
  name: "seal and verify",
  note: "A journal of several users' sessions with questions, contexts, arguments and results, about a value an entry; the page cache is warm. Sealed at once, by `sealJournal`, with its syncs, and verified whole, by `verifyJournal`, content included. Rates by processor time; sealing also by the clock. Hash chain: the same lines, each behind SHA-256 over the hash before it and its own text, read and worked out anew; it has no content to look at. `--large`: a million as well. Peak memory: of the process until then, the greater journal after the lesser one.",
  async prepare(folder, extent) {
    for (const history of [warmUpHistory, ...histories(extent)])
      await recordHistory(journalOf(history, folder), history);
  },
  async run({ prepared, scratch }, extent) {
    await measure(warmUpHistory, prepared, scratch);
    const figures: Figure[] = [];
    for (const history of histories(extent))
      figures.push(...(await measure(history, prepared, scratch)));
    return figures;
  },
};

const journalOf = ({ events }: History, folder: string): string => join(folder, String(events));

async function measure(
  history: History,
  prepared: string,
  scratch: string,
): Promise<readonly Figure[]> {
  const { events } = history;
  const dir = journalOf(history, scratch);
  cpSync(journalOf(history, prepared), dir, { recursive: true });
  const recordedBytes = bytesIn(dir);

  const sealing = stopwatch();
  await sealJournal({ dir });
  const [sealMs, sealElapsed] = [sealing.spent(), sealing.elapsed()];
  const idle = stopwatch();
  await sealJournal({ dir });
  const idleMs = idle.spent();
  const verifying = stopwatch();
  mustVerify(dir, events);
  const verifyMs = verifying.spent();
  const peak = peakMegabytes();

  const sealBytes = bytesIn(dir) - recordedBytes;
  rmSync(dir, { recursive: true });

  const chain = join(scratch, "chain.ndjson");
  writeChain(chain, journalOf(history, prepared));
  const following = stopwatch();
  const whole = wholeLinks(linesIn(chain));
  const chainMs = following.spent();
  if (whole !== events) throw new Error(`expected ${events} links, received ${whole}`);
  rmSync(chain);

  const of = events.toLocaleString("en");
  const rate = (ms: number): number => (events / ms) * 1_000;
  const target = { atLeast: 150_000 };
  return [
    { name: `${of}: journal, size`, value: recordedBytes / events, unit: "B/entry" },
    { name: `${of}: seal, size`, value: sealBytes / events, unit: "B/entry" },
    { name: `${of}: seal`, value: rate(sealMs), unit: "entries/s", target },
    { name: `${of}: seal, by the clock`, value: rate(sealElapsed), unit: "entries/s" },
    { name: `${of}: seal again, nothing new`, value: idleMs, unit: "ms" },
    { name: `${of}: verify`, value: rate(verifyMs), unit: "entries/s", target },
    {
      name: `${of}: verify, content included`,
      value: recordedBytes / verifyMs / 1_000,
      unit: "MB/s",
    },
    { name: `${of}: hash chain, verify`, value: rate(chainMs), unit: "entries/s" },
    { name: `${of}: seal ÷ hash chain, time`, value: sealMs / chainMs, unit: "×" },
    { name: `${of}: verify ÷ hash chain, time`, value: verifyMs / chainMs, unit: "×" },
    { name: `${of}: peak memory`, value: peak, unit: "MB" },
  ];
}

/** The same lines, each behind a hash over the hash before it and its own text. */
function writeChain(path: string, dir: string): void {
  const fd = openSync(path, "w");
  let last = "";
  for (const { line } of journalReader(dir).entries()) {
    last = chained(last, line);
    writeSync(fd, `${last} ${line}\n`);
  }
  closeSync(fd);
}
