import { describe, expect, test } from "vitest";
import { diskJournal } from "./disk/disk-journal.ts";
import { appendNext, entryAt, refTo, sequencesIn, tailAt, upTo } from "./disk/entries.fixture.ts";
import { temporaryFolder } from "../testing-kit/temporary-folder.ts";
import type { Journal, Wait } from "./journal.ts";
import { memoryJournal } from "./memory-journal.ts";
import type { SpanId, TraceId } from "../vocabulary/event.ts";

interface Bounds {
  readonly segmentBytes: number;
  readonly maxBytes?: number;
}

const journals: readonly { readonly name: string; readonly open: (bounds?: Bounds) => Journal }[] =
  [
    { name: "in memory", open: memoryJournal },
    ...(["memory", "process", "disk"] as const).map((acknowledge) => ({
      name: `on disk, acknowledged by ${acknowledge}`,
      open: (bounds?: Bounds) => diskJournal({ dir: temporaryFolder(), acknowledge, ...bounds }),
    })),
  ];

const small: Bounds = { segmentBytes: 200 };

function wait(name: string, leftAt: number, session = "thread 1"): Wait {
  return {
    session,
    name,
    turnSpanId: "00f067aa0ba902b7" as SpanId,
    suspendedSpanId: "00f067aa0ba902b8" as SpanId,
    traceId: "4bf92f3577b34da6a3ce929d0e0e4736" as TraceId,
    leftAt,
  };
}

describe.each(journals)("a journal $name", ({ open }) => {
  test("gives back what was appended, in order and as it was written", async () => {
    const journal = open();
    for (const text of ["plain", "ünïcode 🦌", "\u2028"]) appendNext(journal, { text });
    await journal.flush();

    const entries = [...journal.reader().entries()];
    expect(entries.map(({ line }) => line)).toEqual([
      entryAt(0, { text: "plain" }),
      entryAt(1, { text: "ünïcode 🦌" }),
      entryAt(2, { text: "\u2028" }),
    ]);
    expect(new Set(entries.map(({ lane }) => lane))).toEqual(new Set([journal.lane]));
    await journal.close();
  });

  test("says where an entry lies, and reads on from there", async () => {
    const journal = open(small);
    const positions = upTo(20).map((n) => appendNext(journal, { text: "é".repeat(n) }));
    await journal.flush();

    const reader = journal.reader();
    expect(Array.from(reader.entries(), ({ position }) => position)).toEqual(positions);
    for (const [sequence, position] of positions.entries()) {
      if (!position) throw new Error("lost");
      const rest = sequencesIn(reader.entries(new Map([[journal.lane, position]])));
      expect(rest).toEqual(upTo(20).slice(sequence));
    }
    await journal.close();
  });

  test.each([
    ["a text", "hello"],
    ["a lone surrogate", "\ud83e and \udd8c"],
    ["a megabyte", "🦌 né ".repeat(120_000)],
    ["a tree", { list: [1, null, { deep: "\n\r" }], "": false }],
    ["null", null],
  ])("finds %s that was stored", async (name, value) => {
    const journal = open();
    journal.segment();
    journal.store("user@example.org", refTo("another"), '"another"');
    journal.store("user@example.org", refTo(name), JSON.stringify(value));
    await journal.flush();

    const reader = journal.reader();
    expect(reader.find(refTo(name))).toEqual({ ref: refTo(name), value });
    expect(reader.find(refTo("never stored"))).toBeNull();
    await journal.close();
  });

  test("stores a value once a segment", async () => {
    const journal = open({ segmentBytes: 10_000 });
    const store = (): boolean =>
      journal.store("a", refTo("long"), JSON.stringify("x".repeat(4_000)));
    store();
    const { bytes } = journal.health();
    store();
    expect(journal.health().bytes).toBe(bytes);
    while (journal.segment() === 1) appendNext(journal, { text: "y".repeat(1_000) });
    const rotated = journal.health().bytes;
    store();
    expect(journal.health().bytes).toBe(rotated + bytes);
    await journal.close();
  });

  test("numbers its segments upwards, and counts its entries through all of them", async () => {
    const journal = open(small);
    const segments = upTo(30).map(() => appendNext(journal)?.segment ?? 0);
    await journal.flush();

    expect(segments[0]).toBe(1);
    expect(segments.at(-1)).toBeGreaterThan(3);
    expect(segments).toEqual(segments.toSorted((left, right) => left - right));
    expect(sequencesIn(journal.reader().entries())).toEqual(upTo(30));
    expect(journal.tail).toEqual(tailAt(29));
    expect(journal.health().entries).toBe(30);
    await journal.close();
  });

  test("removes its oldest segments beyond the bound, and counts what went", async () => {
    const journal = open({ segmentBytes: 500, maxBytes: 2_000 });
    for (const sequence of upTo(200)) {
      journal.store(`subject ${sequence}`, refTo(`${sequence}`), JSON.stringify(sequence));
      appendNext(journal);
    }
    await journal.flush();

    const kept = sequencesIn(journal.reader().entries());
    const { bytes, removed } = journal.health();
    expect(bytes).toBeLessThan(3_000);
    expect(kept).toEqual(upTo(200).slice(removed));
    expect(removed).toBeGreaterThan(100);
    expect(journal.reader().find(refTo("0"))).toBeNull();
    expect(journal.reader().find(refTo("199"))?.value).toBe(199);
    await journal.close();
  });

  test("keeps one key a subject, 32 secret bytes", async () => {
    const journal = open();
    const key = journal.keyOf("a");
    expect(key).toHaveLength(32);
    expect(journal.keyOf("a")).toEqual(key);
    expect(journal.keyOf("b")).not.toEqual(key);
    await journal.close();
  });

  test("loses and counts what comes after it was closed", async () => {
    const journal = open();
    appendNext(journal);
    await journal.close();
    await journal.close();

    expect(appendNext(journal)).toBeNull();
    journal.store("a", refTo("late"), '"late"');
    expect(journal.health()).toMatchObject({ entries: 1, lost: 1, lostContent: 1 });
    expect(journal.tail).toEqual(tailAt(0));
    await journal.flush();
  });

  test("gives a wait by its name to the first who claims it", async () => {
    const journal = open();
    const { waits } = journal;
    waits.leave(wait("approval", 1));
    waits.leave(wait("approval", 2, "thread 2"));

    expect(waits.claim("thread 3", "approval")).toBeNull();
    expect(waits.claim("thread 1", "approval")).toEqual(wait("approval", 1));
    expect(waits.claim("thread 1", "approval")).toBeNull();
    expect(waits.claim("thread 2", "approval")).toEqual(wait("approval", 2, "thread 2"));
    await journal.close();
  });

  test("gives a wait with all that it was left with", async () => {
    const journal = open();
    const left = { ...wait("approval", 1), unsampled: true } as const;
    journal.waits.leave(left);
    expect(journal.waits.claim("thread 1", "approval")).toEqual(left);
    await journal.close();
  });

  test("gives the wait that a session left last to whoever asks for the latest", async () => {
    const journal = open();
    const { waits } = journal;
    waits.leave(wait("first", 1));
    waits.leave(wait("second", 2));
    waits.leave(wait("elsewhere", 9, "thread 2"));
    waits.leave(wait("first", 3));

    expect(waits.claim("thread 1", true)).toEqual(wait("first", 3));
    expect(waits.claim("thread 1", true)).toEqual(wait("second", 2));
    expect(waits.claim("thread 1", true)).toBeNull();
    await journal.close();
  });
});
