import { cpSync, mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { createObserver } from "@spoor/core";
import { openSearch, type Search } from "@spoor/core/search";
import type { Benchmark, Figure } from "../benchmark.ts";
import { stopwatch } from "../clock.ts";
import { closeComplete } from "../complete.ts";
import { type History, histories, recordHistory, warmUpHistory } from "../history.ts";
import { ask, type Asked, questionsAbout } from "../search/asked.ts";
import { type Scan, scanOf } from "../search/scan.ts";
import { eventsInTurn, turnOf } from "../tool-loop.ts";

const turnsMore = 12;

export const benchmark: Benchmark = {
  name: "the index",
  note: "`openSearch` over a journal of several users' sessions that go on at the same time, a million events a day; the page cache is warm. Build: all of it into an index that is not there yet. Each question is put 300 times, about other sessions, users, tools and times (a text 5 times, in one session 20 times), by the clock, and all answers are taken; a text is looked for in the content itself, of which the index keeps no copy. Scan: a plain log of the same events, a line each, with content but without the contexts of calls, read with `readline` and `JSON.parse` once a question; for a text only the lines that hold it are parsed. Both have to give the same answers. `--large`: a million as well.",
  async prepare(folder, extent) {
    for (const history of [warmUpHistory, ...histories(extent)]) {
      const place = placeOf(history, folder);
      mkdirSync(place);
      await recordHistory(journalIn(place), history, plainIn(place));
    }
  },
  async run({ prepared, scratch }, extent) {
    await measure(warmUpHistory, prepared, scratch);
    const figures: Figure[] = [];
    for (const history of histories(extent))
      figures.push(...(await measure(history, prepared, scratch)));
    return figures;
  },
};

const placeOf = ({ events }: History, folder: string): string => join(folder, String(events));
const journalIn = (place: string): string => join(place, "journal");
const plainIn = (place: string): string => join(place, "events.ndjson");

async function measure(
  history: History,
  prepared: string,
  scratch: string,
): Promise<readonly Figure[]> {
  const { events } = history;
  const place = placeOf(history, prepared);
  const dir = placeOf(history, scratch);
  cpSync(journalIn(place), dir, { recursive: true });

  const building = stopwatch();
  const search = openSearch(dir);
  const [buildMs, buildElapsed] = [building.spent(), building.elapsed()];
  mustHoldAll(search, history);
  const asked = await askAll(history, search, scanOf(plainIn(place)));
  search.close();
  const bytes = statSync(join(dir, "index.sqlite")).size;
  const again = timeToOpen(dir);
  await recordMore(dir);
  const more = timeToOpen(dir);
  rmSync(dir, { recursive: true });

  const of = events.toLocaleString("en");
  return [
    { name: `${of}: build`, value: (events / buildMs) * 1_000, unit: "events/s" },
    {
      name: `${of}: build, by the clock`,
      value: (events / buildElapsed) * 1_000,
      unit: "events/s",
    },
    { name: `${of}: size`, value: bytes / events, unit: "B/event" },
    { name: `${of}: open, nothing new`, value: again, unit: "ms" },
    { name: `${of}: open, ${turnsMore * eventsInTurn} new events`, value: more, unit: "ms" },
    ...asked.flatMap((one) => figuresOf(of, one)),
  ];
}

/** A figure over half an index would be a lie. */
function mustHoldAll(search: Search, { spans }: History): void {
  const found = [...search.find()].length;
  if (found !== spans || search.unreadable > 0)
    throw new Error(
      `expected ${spans} spans in the index, received ${found}, and ${search.unreadable} lines that cannot be read`,
    );
}

async function askAll(history: History, search: Search, scan: Scan): Promise<readonly Asked[]> {
  const asked: Asked[] = [];
  for (const question of questionsAbout(history)) asked.push(await ask(question, search, scan));
  return asked;
}

function figuresOf(of: string, { name, p50, p99, scan }: Asked): readonly Figure[] {
  return [
    { name: `${of}: ${name}, p50`, value: p50, unit: "ms" },
    ...(p99 === null ? [] : [{ name: `${of}: ${name}, p99`, value: p99, unit: "ms" }]),
    ...(scan === null
      ? []
      : [
          { name: `${of}: ${name}, scan`, value: scan, unit: "ms" },
          { name: `${of}: ${name}, scan ÷ index`, value: scan / p50, unit: "×" },
        ]),
  ];
}

/** Milliseconds by the clock. */
function timeToOpen(dir: string): number {
  const watch = stopwatch();
  openSearch(dir).close();
  return watch.elapsed();
}

async function recordMore(dir: string): Promise<void> {
  const observer = createObserver({ journal: { dir, maxBytes: null } });
  for (let turn = 0; turn < turnsMore; turn += 1)
    for (const draft of turnOf("later", turn)) observer.emit(draft);
  await closeComplete(observer);
}
