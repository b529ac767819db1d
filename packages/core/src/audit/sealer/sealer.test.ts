import { setImmediate as settled } from "node:timers/promises";
import { expect, test } from "vitest";
import type { LaneSealing } from "./seal-journal.ts";
import { Sealer, type SealerOptions } from "./sealer.ts";

const empty: LaneSealing = { kind: "empty", lane: "0" };
const busy: LaneSealing = { kind: "busy", lane: "0" };
const failed: LaneSealing = { kind: "failed", lane: "0", error: new Error("disk full") };

interface Watched {
  readonly sealer: Sealer;
  /** What it was asked to seal. */
  readonly asked: readonly string[];
  /** Time has come to look again; resolves when nothing more comes of it. */
  readonly look: () => Promise<void>;
  /** Something was recorded. */
  readonly record: () => void;
}

function watched(options: Partial<SealerOptions>): Watched {
  const asked: string[] = [];
  let end = 0;
  let looks: (() => void) | null = null;
  const sealer = new Sealer({
    sealAll: () => Promise.resolve([empty]),
    sealOwn: () => {
      asked.push("own");
      return Promise.resolve(empty);
    },
    end: () => `1:${end}`,
    again: (look) => {
      looks = look;
      return () => (looks = null);
    },
    heartbeatMs: null,
    clock: () => 0,
    patienceMs: 1_000,
    ...options,
  });
  return {
    sealer,
    asked,
    look: async () => {
      looks?.();
      await settled();
    },
    record: () => (end += 1),
  };
}

test("a lane that stays as it is is not looked at again", async () => {
  const { sealer, asked, look } = watched({});
  await settled();
  await look();
  await look();
  await sealer.close();
  expect(asked).toEqual([]);
});

test("what came since is sealed in time, and the last of it at the end", async () => {
  const { sealer, asked, look, record } = watched({});
  await settled();
  record();
  await look();
  await look();
  expect(asked).toEqual(["own"]);
  record();
  await sealer.close();
  expect(asked).toEqual(["own", "own"]);
  record();
  await look();
  expect(asked).toEqual(["own", "own"]);
});

test("a lane that somebody else seals is looked at until it is sealed", async () => {
  const outcomes = [busy, busy, empty, empty];
  const { sealer, look } = watched({
    sealAll: () => Promise.resolve([busy]),
    sealOwn: () => Promise.resolve(outcomes.shift() ?? empty),
  });
  await settled();
  for (let times = 0; times < 6; times += 1) await look();
  await sealer.close();
  expect(outcomes).toEqual([empty]);
});

test("sealings never overlap, however long one takes", async () => {
  const ends: ((sealing: LaneSealing) => void)[] = [];
  const { sealer, look, record } = watched({
    sealOwn: () => new Promise((resolve) => ends.push(resolve)),
  });
  await settled();
  record();
  await look();
  record();
  await look();
  expect(ends).toHaveLength(1);
  const closing = sealer.close();
  ends[0]?.(empty);
  await settled();
  expect(ends).toHaveLength(2);
  ends[1]?.(empty);
  await closing;
});

test("closing waits for a seal only so long", async () => {
  const { sealer } = watched({ sealAll: () => new Promise(() => {}), patienceMs: 5 });
  await sealer.close();
  expect(sealer.failure).toBeNull();
});

test("what fails is told until it works", async () => {
  let own: LaneSealing = failed;
  const { sealer, look } = watched({
    sealAll: () => Promise.reject(new Error("unexpected")),
    sealOwn: () => Promise.resolve(own),
  });
  await settled();
  expect(sealer.failure).toMatchObject({ message: "unexpected" });
  await look();
  expect(sealer.failure).toMatchObject({ message: "disk full" });
  own = empty;
  await sealer.close();
  expect(sealer.failure).toBeNull();
});

test("where there are witnesses, a lane that stays as it is is shown to them now and then", async () => {
  let now = 0;
  const { asked, look, sealer } = watched({ heartbeatMs: 60_000, clock: () => now });
  await settled();
  now = 59_999;
  await look();
  expect(asked).toEqual([]);
  now = 60_000;
  await look();
  await look();
  expect(asked).toEqual(["own"]);
  await sealer.close();
});
