import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { diskJournal } from "../journal/disk/disk-journal.ts";
import { journalReader } from "../journal/disk/journal-reader.ts";
import { contentFolder, laneFolder, segmentFolder } from "../journal/disk/layout.ts";
import { parseEntry } from "../observer/parse-entry.ts";
import { createRecorder } from "../recorder/recorder.ts";
import { temporaryFolder } from "../testing-kit/temporary-folder.ts";
import type { EventOf } from "../vocabulary/event.ts";
import { applied, day, keepsAll, recordTurns, retained, today, turnOf } from "./lane.fixture.ts";
import { planOf } from "./lane-plan.ts";
import { ledgerFile, readLedger } from "./ledger.ts";
import { retainLane } from "./retain-lane.ts";

let dir: string;
beforeEach(() => {
  dir = join(temporaryFolder(), "journal");
});

const lane = (): string => laneFolder(dir, 0);
const hasContent = (segment: number): boolean =>
  existsSync(contentFolder(segmentFolder(lane(), segment)));
const hasSegment = (segment: number): boolean => existsSync(segmentFolder(lane(), segment));

function words(): readonly Partial<EventOf<"record.reduced">>[] {
  return Array.from(journalReader(dir).entries(), ({ line }) => parseEntry(line)).flatMap(
    (event) => {
      if (event?.type !== "record.reduced") return [];
      const { session, what, why, segment } = event;
      return [{ session, what, why, ...(segment === undefined ? {} : { segment }) }];
    },
  );
}

const year = { warmAfterMs: 90 * day, coldAfterMs: 365 * day };

test("first content goes, then entries, and a line of each session stays", async () => {
  await recordTurns(dir, [
    { session: "old", daysAgo: 400, userId: "ann" },
    { session: "middle", daysAgo: 100 },
    { session: "new", daysAgo: 1 },
  ]);
  const { warm, cold, failure } = await retained(dir, year);
  expect(failure).toBe(null);
  expect(cold).toMatchObject([{ segment: 1, sessions: ["old"], entries: 5 }]);
  expect(warm).toMatchObject([{ segment: 2, sessions: ["middle"], entries: 5 }]);
  expect([hasSegment(1), hasContent(2), hasContent(3)]).toEqual([false, false, true]);
  expect(words()).toEqual([
    { session: "middle", what: "content", why: "retention", segment: 2 },
    { session: "old", what: "entries", why: "retention", segment: 1 },
  ]);
  const ledger = readLedger(dir);
  expect([...ledger.keys()]).toEqual(["old"]);
  expect(ledger.get("old")).toMatchObject([
    {
      v: 1,
      entries: 5,
      from: today - 400 * day + 1,
      writtenAt: today,
      session: { id: "old", userId: null, turns: 1, modelCalls: 1, usage: { input: 10 } },
    },
  ]);
});

test("applied twice, it adds nothing", async () => {
  await recordTurns(dir, [
    { session: "old", daysAgo: 400 },
    { session: "middle", daysAgo: 100 },
    { session: "new", daysAgo: 1 },
  ]);
  await retained(dir, year);
  const before = [words(), readFileSync(ledgerFile(lane()), "utf8")];
  const { warm, cold } = await retained(dir, year);
  expect([warm, cold]).toEqual([[], []]);
  expect([words(), readFileSync(ledgerFile(lane()), "utf8")]).toEqual(before);
});

test("the last segment goes as well where nothing new was recorded in it for so long", async () => {
  await recordTurns(dir, [{ session: "only", daysAgo: 400 }]);
  const { cold } = await retained(dir, year);
  expect(cold).toMatchObject([{ segment: 1, sessions: ["only"] }]);
  expect(readLedger(dir).get("only")).toHaveLength(1);
});

test("a plan changes nothing and says the same", async () => {
  await recordTurns(dir, [
    { session: "old", daysAgo: 400 },
    { session: "middle", daysAgo: 100 },
  ]);
  const options = {
    dir,
    lane: "0",
    policy: { ...keepsAll, ...year },
    now: today,
    parse: parseEntry,
    isDelivered: () => true,
    isToBeSealed: false,
    abandonAfterMs: day,
  };
  const plan = await planOf(options);
  expect(await planOf(options)).toEqual(plan);
  expect(words()).toEqual([]);
  const { failure: _, ...done } = await retained(dir, year);
  expect(done).toEqual(plan);
});

describe("what stays", () => {
  test.each([
    ["a session that is held", "talk", {}],
    ["what lies under a user who is held", "ann", {}],
  ])("%s loses nothing, neither now nor when it is warm", async (_, held) => {
    await recordTurns(dir, [
      { session: "talk", daysAgo: 400, userId: "ann" },
      { session: "new", daysAgo: 1 },
    ]);
    expect((await retained(dir, { ...year, hold: [held] })).staying).toEqual([
      { segment: 1, because: "held" },
    ]);
    expect(hasContent(1)).toBe(true);
    await retained(dir, { warmAfterMs: day });
    expect(hasContent(1)).toBe(false);
    expect((await retained(dir, { ...year, hold: [held] })).staying).toEqual([
      { segment: 1, because: "held" },
    ]);
    expect(hasSegment(1)).toBe(true);
  });

  test("a session that goes on keeps its entries, also where it goes on in another lane", async () => {
    const other = diskJournal({ dir });
    await recordTurns(dir, [{ session: "talk", daysAgo: 1 }]);
    await other.close();
    await recordTurns(dir, [
      { session: "talk", daysAgo: 400 },
      { session: "else", daysAgo: 1 },
    ]);
    const { warm, cold } = await retained(dir, { coldAfterMs: 365 * day, warmAfterMs: 90 * day });
    expect([warm.length, cold.length]).toEqual([1, 0]);
  });

  test("what has begun today and not ended keeps everything; what nobody will end does not", async () => {
    const told = { session: "talk", daysAgo: 0.5, isOpen: true } as const;
    await recordTurns(dir, [told, { session: "new", daysAgo: 0 }]);
    expect((await retained(dir, { warmAfterMs: day / 4 })).staying).toEqual([
      { segment: 1, because: "open" },
    ]);
    const { warm } = await retained(dir, { warmAfterMs: day / 4 }, { now: today + day });
    expect(warm.map(({ segment }) => segment)).toEqual([1, 2]);
  });

  test("what somebody has still to read", async () => {
    await recordTurns(dir, [
      { session: "talk", daysAgo: 400 },
      { session: "new", daysAgo: 1 },
    ]);
    const { staying } = await retained(dir, year, { isDelivered: (segment) => segment !== 1 });
    expect(staying).toEqual([{ segment: 1, because: "undelivered" }]);
  });

  test("entries that are to be sealed and are not", async () => {
    await recordTurns(dir, [
      { session: "talk", daysAgo: 400 },
      { session: "new", daysAgo: 1 },
    ]);
    await retained(dir, year, { isToBeSealed: true });
    expect([hasSegment(1), hasContent(1)]).toEqual([true, false]);
  });

  test("the words about content that went, as long as what they are about", async () => {
    await recordTurns(dir, [
      { session: "talk", daysAgo: 800 },
      { session: "new", daysAgo: 500 },
    ]);
    const then = today - 450 * day;
    expect((await retained(dir, { warmAfterMs: day }, { now: then })).warm).toHaveLength(2);
    const { cold, staying } = await retained(dir, { ...year, hold: ["talk"] });
    expect(cold).toMatchObject([{ segment: 2, sessions: ["new"] }]);
    expect(staying).toEqual([
      { segment: 1, because: "held" },
      { segment: 3, because: "vouching" },
    ]);
    const freed = await retained(dir, year, { now: today + 366 * day });
    expect(freed.cold.map(({ segment }) => segment)).toEqual([1, 3]);
  });
});

test("a session that goes on after it went has a second line, about what came since", async () => {
  await recordTurns(dir, [{ session: "talk", daysAgo: 900 }]);
  await retained(dir, year, { now: today - 500 * day });
  await recordTurns(dir, [{ session: "talk", daysAgo: 400 }]);
  await retained(dir, year);
  expect(readLedger(dir).get("talk")).toMatchObject([
    { entries: 5, session: { turns: 1 } },
    { entries: 5, session: { turns: 1 } },
  ]);
});

test("a torn line of the ledger is cut off before the next is written", async () => {
  await recordTurns(dir, [{ session: "talk", daysAgo: 900 }]);
  await retained(dir, year, { now: today - 500 * day });
  appendFileSync(ledgerFile(lane()), '{"v":1,"session":{"id":"torn"');
  await recordTurns(dir, [{ session: "more", daysAgo: 400 }]);
  await retained(dir, year);
  expect([...readLedger(dir).keys()]).toEqual(["talk", "more"]);
});

test("what is recorded while the lane is read keeps the last segment for the next time", async () => {
  await recordTurns(dir, [{ session: "talk", daysAgo: 400 }]);
  const journal = diskJournal({ dir, lane: "0", clock: () => today });
  const recorder = createRecorder({ journal, clock: () => today });
  let isFirst = true;
  const parse: typeof parseEntry = (line) => {
    if (isFirst)
      for (const draft of turnOf({ session: "new", daysAgo: 0 }, "k")) recorder.emit(draft);
    isFirst = false;
    return parseEntry(line);
  };
  const { warm, cold } = await retainLane({ ...applied(dir, journal, year), parse });
  await journal.close();
  expect([warm, cold, hasContent(1)]).toEqual([[], [], true]);
});
