import { setImmediate as settled } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { LaneSealing } from "./seal-journal.ts";
import { Sealer, type SealerOptions } from "./sealer.ts";
import { Slices } from "./slices.ts";

const empty: LaneSealing = { kind: "empty", lane: "0" };
const busy: LaneSealing = { kind: "busy", lane: "0" };
const failed: LaneSealing = { kind: "failed", lane: "0", error: new Error("disk full") };
const patienceMs = 1_000;

interface Watched {
  readonly sealer: Sealer;
  readonly slices: Slices;
  /** What it was asked to seal. */
  readonly asked: string[];
  /** Time has come to look again; resolves when nothing more comes of it. */
  readonly look: (afterMs?: number) => Promise<void>;
  /** Something was recorded. */
  readonly record: () => void;
}

const everyMs = 1_000;

/** A sealer that has tried once, as it does when it is made. */
async function watched(options: Partial<SealerOptions> = {}): Promise<Watched> {
  const asked: string[] = [];
  let end = 0;
  let now = 0;
  let looks: (() => void) | null = null;
  const slices = new Slices();
  const sealer = new Sealer({
    sealOwn: () => {
      asked.push("own");
      return Promise.resolve(empty);
    },
    sealOthers: () => {
      asked.push("others");
      return Promise.resolve([empty]);
    },
    slices,
    end: () => `1:${end}`,
    again: (look) => {
      looks = look;
      return () => (looks = null);
    },
    everyMs,
    heartbeatMs: null,
    clock: () => now,
    ...options,
  });
  await settled();
  asked.splice(0);
  return {
    sealer,
    slices,
    asked,
    look: async (afterMs = everyMs) => {
      now += afterMs;
      looks?.();
      await settled();
    },
    record: () => (end += 1),
  };
}

test("a lane that stays as it is is not looked at again", async () => {
  const { sealer, asked, look } = await watched();
  await look();
  await look();
  await sealer.close(patienceMs);
  expect(asked).toEqual([]);
});

test("what came since is sealed in time, and the last of it at the end", async () => {
  const { sealer, asked, look, record } = await watched();
  record();
  await look();
  await look();
  expect(asked).toEqual(["own"]);
  record();
  await sealer.close(patienceMs);
  expect(asked).toEqual(["own", "own"]);
  record();
  await look();
  expect(asked).toEqual(["own", "own"]);
});

test("a lane that somebody else seals is looked at until it is sealed", async () => {
  const outcomes = [busy, busy, busy, empty, empty];
  const { sealer, look } = await watched({
    sealOwn: () => Promise.resolve(outcomes.shift() ?? empty),
  });
  for (let times = 0; times < 6; times += 1) await look();
  await sealer.close(patienceMs);
  expect(outcomes).toEqual([empty]);
});

test("sealings never overlap, however long one takes", async () => {
  const ends: ((sealing: LaneSealing) => void)[] = [];
  const { sealer, look, record } = await watched({
    sealOwn: () => new Promise((resolve) => ends.push(resolve)),
  });
  record();
  await look();
  record();
  await look();
  expect(ends).toHaveLength(1);
  const closing = sealer.close(patienceMs);
  ends[0]?.(empty);
  await settled();
  expect(ends).toHaveLength(2);
  ends[1]?.(empty);
  await closing;
});

test("what others have left, however much, does not keep what is written now from being sealed", async () => {
  const { asked, look, record } = await watched({ sealOthers: () => new Promise(() => {}) });
  record();
  await look();
  expect(asked).toEqual(["own"]);
});

test("what others have left is looked at until all of it is sealed", async () => {
  const outcomes = [[empty, failed], [busy], [empty], [empty]];
  const { sealer, look } = await watched({
    sealOthers: () => Promise.resolve(outcomes.shift() ?? []),
  });
  expect(sealer.failure).toMatchObject({ message: "disk full" });
  for (let times = 0; times < 6; times += 1) await look();
  expect(sealer.failure).toBeNull();
  expect(outcomes).toEqual([[empty]]);
});

describe("closing", () => {
  test("waits for a seal only so long, and nothing goes on behind it", async () => {
    const { sealer, slices } = await watched({ sealOwn: () => new Promise(() => {}) });
    await sealer.close(5);
    expect(sealer.failure).toBeNull();
    await expect(slices.next()).rejects.toThrow("before all was sealed");
  });

  test("does not wait for a rest after a failure", async () => {
    const outcomes = [failed, empty];
    const { sealer } = await watched({ sealOwn: () => Promise.resolve(outcomes.shift() ?? busy) });
    await sealer.close(patienceMs);
    expect(sealer.failure).toBeNull();
  });
});

test("a process that may end seals what came last, and may go on", async () => {
  const { sealer, slices, asked, look, record } = await watched();
  record();
  await sealer.sealLast(patienceMs, false);
  await sealer.sealLast(patienceMs, false);
  expect(asked).toEqual(["own"]);
  record();
  await look();
  expect(asked).toEqual(["own", "own"]);
  await slices.next();
});

describe("what fails", () => {
  test("is told until it works", async () => {
    const outcomes = [failed, empty];
    const { sealer, look } = await watched({
      sealOwn: () =>
        outcomes.length === 0
          ? Promise.reject(new Error("unexpected"))
          : Promise.resolve(outcomes.shift() ?? empty),
    });
    expect(sealer.failure).toMatchObject({ message: "disk full" });
    await look();
    expect(sealer.failure).toBeNull();
  });

  test("is tried again, and less and less often: each time costs all the work that is left", async () => {
    let times = 0;
    const { look } = await watched({
      sealOwn: () => {
        times += 1;
        return Promise.resolve(failed);
      },
    });
    for (let second = 1; second <= 600; second += 1) await look();
    expect(times).toBeGreaterThan(10);
    expect(times).toBeLessThan(18);
  });

  test("is tried again although the clock was set back", async () => {
    let times = 0;
    const { look } = await watched({
      sealOwn: () => {
        times += 1;
        return Promise.resolve(failed);
      },
    });
    await look(-1e9);
    expect(times).toBe(2);
  });
});

test("where there are witnesses, a lane that stays as it is is shown to them now and then", async () => {
  const { asked, look, sealer } = await watched({ heartbeatMs: 60_000 });
  await look(59_999);
  expect(asked).toEqual([]);
  await look(1);
  await look();
  expect(asked).toEqual(["own"]);
  await sealer.close(patienceMs);
});
