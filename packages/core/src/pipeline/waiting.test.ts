import { describe, expect, test } from "vitest";
import type { Span } from "../run-tree/span.ts";
import { aTurn, keysOf, start, takesAll } from "../testing-kit/delivering.ts";
import * as say from "../testing-kit/drafts.ts";
import { journalWith, steadyJournal } from "../testing-kit/journals.ts";
import { eventExporter, scripted, spanExporter } from "../testing-kit/scripted-exporter.ts";
import type { AgentEvent } from "../vocabulary/event.ts";
import { memoryCursors } from "./cursor.ts";
import { ExportFailure } from "./export-failure.ts";

const turns = (count: number) =>
  Array.from({ length: count }, (_, index) => aTurn(`turn ${index}`)).flat();

const aMoment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

/** Takes nothing until it is opened. */
function gate<Item>() {
  let isOpen = false;
  const script = scripted<Item>(() => (isOpen ? "takes" : "same"));
  return { script, open: () => (isOpen = true) };
}

describe("while a destination is down", () => {
  test("what waits for it in memory is bounded, the rest waits in the journal, and all of it arrives in order", async () => {
    const { script, open } = gate<Span>();
    const journal = steadyJournal();
    const { delivery, say: tell } = start([spanExporter("s", script)], journal, memoryCursors(), {
      maxWaitingBytes: 20_000,
    });
    tell(...turns(500));
    await aMoment();
    const { pending, unread } = delivery.reports()["s"] ?? { pending: 0, unread: 0 };
    expect(pending).toBeLessThan(200);
    expect(pending).toBeGreaterThan(0);
    expect(unread).toBeGreaterThan(2_000 - 4 * 200);
    open();
    const reports = await delivery.flush(5_000);
    expect(reports["s"]).toMatchObject({ accepted: 1_000, delivered: 1_000, unread: 0, missed: 0 });
    expect(keysOf(script.taken)).toEqual(
      turns(500).flatMap((draft) => ("outcome" in draft ? [draft.key] : [])),
    );
  });

  test("another goes on at its own pace, and neither gets anything twice", async () => {
    const { script: down, open } = gate<Span>();
    const [up, events] = [takesAll<Span>(), takesAll<AgentEvent>()];
    const { delivery, say: tell } = start(
      [spanExporter("down", down), spanExporter("up", up), eventExporter("events", events)],
      steadyJournal(),
      memoryCursors(),
      { maxWaitingBytes: 20_000 },
    );
    for (let round = 0; round < 20; round += 1) {
      tell(...Array.from({ length: 10 }, (_, index) => aTurn(`${round}.${index}`)).flat());
      await new Promise((resolve) => setImmediate(resolve));
    }
    await delivery.flush(100);
    expect(up.taken).toHaveLength(400);
    expect(events.taken).toHaveLength(800);
    expect(down.taken).toHaveLength(0);
    open();
    const reports = await delivery.flush(5_000);
    expect(new Set(keysOf(down.taken)).size).toBe(400);
    for (const name of ["down", "up"])
      expect(reports[name]).toMatchObject({ accepted: 400, delivered: 400, pending: 0, unread: 0 });
    expect(up.taken).toHaveLength(400);
    expect(down.taken).toHaveLength(400);
  });

  test("an end that is told while its beginning waits on the disk finds it", async () => {
    const { script, open } = gate<Span>();
    const { delivery, say: tell } = start(
      [spanExporter("s", script)],
      steadyJournal(),
      memoryCursors(),
      { maxWaitingBytes: 1 },
    );
    tell(say.turn("long"), ...turns(50));
    await aMoment();
    tell(say.ended("turn", "long"));
    open();
    await delivery.flush(5_000);
    expect(keysOf(script.taken)).toHaveLength(101);
    expect(keysOf(script.taken)).toContain("long");
  });

  test("what the bound of the journal takes before it was read is counted, and the rest arrives", async () => {
    const { script, open } = gate<Span>();
    const journal = steadyJournal({ maxBytes: 40_000, segmentBytes: 5_000 });
    const { delivery, say: tell } = start([spanExporter("s", script)], journal, memoryCursors(), {
      maxWaitingBytes: 1,
    });
    tell(...turns(1));
    await aMoment();
    tell(...turns(500).slice(4));
    open();
    const reports = await delivery.flush(5_000);
    const { missed, delivered } = reports["s"] ?? { missed: 0, delivered: 0 };
    expect(missed).toBeGreaterThan(1_000);
    expect(reports["s"]).toMatchObject({ unread: 0, pending: 0 });
    expect(delivered).toBeGreaterThan(20);
    expect(journal.health().removed).toBeGreaterThanOrEqual(missed);
  });
});

test("a segment is delivered when every exporter has what lies in it", async () => {
  const { script, open } = gate<Span>();
  const journal = steadyJournal({ segmentBytes: 2_000, maxBytes: 1e9 });
  const { delivery, say: tell } = start(
    [spanExporter("a", takesAll()), spanExporter("b", script)],
    journal,
  );
  tell(...turns(20));
  await delivery.flush(20);
  expect(delivery.hasDelivered(1)).toBe(false);
  open();
  await delivery.flush(5_000);
  expect(delivery.hasDelivered(1)).toBe(true);
  expect(delivery.hasDelivered(journal.segment())).toBe(false);
});

describe("a request", () => {
  test("holds no more than its exporter says, in items and in bytes of what it will hold", async () => {
    const spans = takesAll<Span>();
    const exporter = { ...spanExporter("s", spans), limits: { items: 4, bytes: 100_000 } };
    const { delivery, say: tell } = start([exporter]);
    const long = "x".repeat(40_000);
    tell(say.turn("turn"));
    for (const key of ["a", "b", "c", "d", "e"])
      tell(say.tool(key, "turn", { input: `${key} ${long}` }), say.ended("tool", key));
    for (const key of ["1", "2", "3", "4", "5"])
      tell(say.tool(key, "turn"), say.ended("tool", key));
    await delivery.flush(5_000);
    expect(spans.attempts.map(keysOf)).toEqual([
      ["a", "b"],
      ["c", "d"],
      ["e", "1", "2", "3"],
      ["4", "5"],
    ]);
  });

  test("does not count content where none goes out, and one item is never too much", async () => {
    const spans = takesAll<Span>();
    const exporter = { ...spanExporter("s", spans), limits: { bytes: 10_000 } };
    const { delivery, say: tell } = start([{ to: exporter, content: "none" }]);
    const long = "x".repeat(40_000);
    for (const key of ["a", "b", "c"]) tell(say.turn(key, { input: long }), say.ended("turn", key));
    await delivery.flush(5_000);
    expect(spans.attempts.map(keysOf)).toEqual([["a", "b", "c"]]);
    const alone = takesAll<Span>();
    const small = { ...spanExporter("s", alone), limits: { bytes: 1 } };
    const other = start([small]);
    other.say(...aTurn("turn"));
    await other.delivery.flush(5_000);
    expect(alone.attempts.map(keysOf)).toEqual([["tool of turn"], ["turn"]]);
  });
});

test("what is dropped is named, with the reason", async () => {
  const script = scripted<Span>(() => "takes");
  const exporter = {
    ...spanExporter("s", script),
    export: (batch: readonly Span[]) =>
      batch.some(({ key }) => key === "bad")
        ? Promise.reject(new ExportFailure("too odd", { retry: "smaller", answered: true }))
        : Promise.resolve(),
  };
  const { delivery, say: tell } = start([exporter]);
  for (const key of ["good", "bad", "fine"]) tell(say.turn(key), say.ended("turn", key));
  const reports = await delivery.flush(5_000);
  expect(reports["s"]).toMatchObject({
    delivered: 2,
    dropped: 1,
    maybeDuplicate: 0,
    drops: [{ ids: [say.spanId("bad")], reason: "too odd" }],
  });
});

describe("an exporter that is new to a lane", () => {
  test("gets what is recorded from now on, also where this process dies at once", async () => {
    const [journal, cursors] = [steadyJournal(), memoryCursors()];
    start([], journal, cursors).say(...aTurn("history"));
    const newcomers = "from now on";
    const dead = start([spanExporter("s", gate<Span>().script)], journal, cursors, { newcomers });
    dead.say(...aTurn("now"));
    await dead.delivery.close(0);
    const spans = takesAll<Span>();
    await start([spanExporter("s", spans)], journal, cursors, { newcomers }).delivery.flush(5_000);
    expect(keysOf(spans.taken)).toEqual(["tool of now", "now"]);
  });
});

describe("work that nobody ends", () => {
  const hour = 3_600_000;

  test("leaves as abandoned when nothing was heard of its turn for long enough, deepest first, and once", async () => {
    let now = 1_000;
    const spans = takesAll<Span>();
    const { delivery, say: tell } = start(
      [spanExporter("s", spans)],
      steadyJournal(),
      memoryCursors(),
      { clock: () => now, abandonAfterMs: 24 * hour },
    );
    tell(say.turn("turn"), say.work("step", "turn"), say.tool("tool", "step"));
    await delivery.flush(5_000);
    now += 23 * hour;
    tell(say.tool("late tool", "step"));
    await delivery.flush(5_000);
    now += 23 * hour;
    await delivery.flush(5_000);
    expect(spans.taken).toEqual([]);
    now += hour;
    await delivery.flush(5_000);
    expect(new Set(keysOf(spans.taken))).toEqual(new Set(["turn", "step", "tool", "late tool"]));
    expect(keysOf(spans.taken).at(-1)).toBe("turn");
    const ends = Object.fromEntries(spans.taken.map(({ key, endedAt }) => [key, endedAt]));
    const last = 1_000 + 23 * hour;
    expect(ends).toEqual({ tool: 1_000, "late tool": last, step: last, turn: last });
    for (const span of spans.taken)
      expect(span).toMatchObject({ status: "abandoned", inferred: ["endedAt"] });
    tell(say.ended("turn", "turn"));
    const reports = await delivery.flush(5_000);
    expect(reports["s"]).toMatchObject({ accepted: 4, delivered: 4, late: 1 });
  });

  test("leaves sooner where its writer is gone, so that a killed process is seen", async () => {
    const [journal, cursors] = [steadyJournal(), memoryCursors()];
    let now = 1_000;
    const clock = (): number => now;
    const options = { clock, abandonAfterMs: 24 * hour };
    const killed = start([spanExporter("s", takesAll())], journal, cursors, options);
    killed.say(say.turn("killed"), say.turn("goes on"));
    await killed.delivery.close(0);
    const spans = takesAll<Span>();
    const next = start([spanExporter("s", spans)], journal, cursors, options);
    next.say(say.tool("tool", "goes on"));
    await next.delivery.flush(5_000);
    expect(spans.taken).toEqual([]);
    now += hour / 2;
    await next.delivery.flush(5_000);
    expect(spans.taken).toMatchObject([{ key: "killed", status: "abandoned" }]);
  });
});

test("a journal that cannot be read for a while is waited for: all of it arrives, in order, and once", async () => {
  const [inner, cursors] = [steadyJournal(), memoryCursors()];
  let failures = 3;
  const journal = journalWith(inner, {
    reader: () => {
      const reader = inner.reader();
      const entriesOf: typeof reader.entriesOf = (lane, from) => {
        if (failures > 0) {
          failures -= 1;
          throw Object.assign(new Error("too many open files"), { code: "EMFILE" });
        }
        return reader.entriesOf(lane, from);
      };
      return Object.assign(Object.create(reader), { entriesOf });
    },
  });
  start([], inner).say(...aTurn("before"));
  const spans = takesAll<Span>();
  const { delivery, say: tell } = start([spanExporter("s", spans)], journal, cursors);
  tell(...aTurn("live"));
  const short = (await delivery.flush(50))["s"];
  expect(short).toMatchObject({ accepted: 0, missed: 0, failure: { code: "EMFILE" } });
  const reports = await delivery.flush(30_000);
  expect(keysOf(spans.taken)).toEqual(["tool of before", "before", "tool of live", "live"]);
  expect(reports["s"]).toMatchObject({ delivered: 4, unread: 0, missed: 0, failure: null });
});

test("what was outstanding and is gone with its entries is counted as missed", async () => {
  const [journal, cursors] = [steadyJournal(), memoryCursors()];
  cursors.save("s", journal.lane, {
    sequence: -1,
    foldFrom: { segment: 1, offset: 0 },
    outstanding: ["gone 1", "gone 2"],
  });
  const { delivery, say: tell } = start([spanExporter("s", takesAll())], journal, cursors);
  tell(...aTurn("turn"));
  expect((await delivery.flush(5_000))["s"]).toMatchObject({ delivered: 2, missed: 2, pending: 0 });
});

test.each([
  ["in this process", -3_600_000, 0],
  ["by the process before", 0, 3_600_000],
])("a clock that is set back %s holds no span up", async (_, jump, before) => {
  const journal = steadyJournal();
  const cursors = memoryCursors();
  start([], journal, cursors, { clock: () => before + 1e7 }).say(...aTurn("before"));
  let now = 1e7;
  const spans = takesAll<Span>();
  const exporter = { ...spanExporter("s", spans), limits: { waitMs: 0 } };
  const { say: tell } = start([exporter], journal, cursors, {
    clock: () => (now += 1),
    settleMs: 20,
    newcomers: "from now on",
  });
  tell(say.turn("open"), say.tool("a", "open"), say.ended("tool", "a"));
  now += jump;
  tell(say.tool("b", "open"), say.ended("tool", "b"));
  await aMoment();
  now += 30;
  tell(say.tool("c", "open"));
  await expect.poll(() => keysOf(spans.taken)).toEqual(["a", "b"]);
});

test("a record that is lost to every reader is skipped, and the cursor stays where it was", async () => {
  const [inner, cursors] = [steadyJournal(), memoryCursors()];
  const spans = takesAll<Span>();
  let fails = true;
  const journal = journalWith(inner, {
    reader: () => {
      const reader = inner.reader();
      const entriesOf: typeof reader.entriesOf = (lane, from) => {
        if (fails) throw new Error("EIO");
        return reader.entriesOf(lane, from);
      };
      return Object.assign(Object.create(reader), { entriesOf });
    },
  });
  start([], inner).say(...aTurn("before"));
  const { delivery, say: tell } = start([spanExporter("s", spans)], journal, cursors);
  const [first] = [(await delivery.flush(100))["s"]];
  expect(first).toMatchObject({ unread: 4, missed: 0, failure: { message: "EIO" } });
  await delivery.flush(30_000);
  tell(...aTurn("live"));
  const reports = await delivery.flush(5_000);
  expect(keysOf(spans.taken)).toEqual(["tool of live", "live"]);
  expect(reports["s"]).toMatchObject({ missed: 4, failure: { message: "EIO" } });
  fails = false;
  await delivery.close(0);
  const again = takesAll<Span>();
  await start([spanExporter("s", again)], journal, cursors).delivery.flush(5_000);
  expect(keysOf(again.taken)).toEqual(["tool of before", "before", "tool of live", "live"]);
});
