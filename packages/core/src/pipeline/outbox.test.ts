import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Answer, type Script, scripted } from "../testing-kit/scripted-exporter.ts";
import { runs } from "../testing-kit/runs.ts";
import type { Cursor } from "./cursor.ts";
import { ExportFailure } from "./export-failure.ts";
import { Outbox, type OutboxOptions } from "./outbox.ts";

const start: Cursor = { sequence: -1, foldFrom: { segment: 1, offset: 0 }, outstanding: [] };
const roomy: Omit<OutboxOptions<string>, "send" | "save"> = {
  cursor: start,
  limits: { items: 512, bytes: 1_000_000, waitMs: 0 },
  weigh: { waiting: () => 1, sent: () => 1 },
  maxWaitingBytes: 1_000_000,
  left: () => {},
  retryDelayMs: () => 0,
};

interface Running {
  readonly outbox: Outbox<string>;
  readonly cursors: readonly Cursor[];
  /** Offers items; they began in the order of their first offering. */
  readonly offer: (...items: readonly string[]) => void;
}

function outboxTo(script: Script<string>, more: Partial<OutboxOptions<string>> = {}): Running {
  const cursors: Cursor[] = [];
  const outbox = new Outbox<string>({
    ...roomy,
    send: (batch, signal) => script.export(batch, { signal, content: null }),
    save: (cursor) => void cursors.push(cursor),
    ...more,
  });
  let sequence = 0;
  const offer = (...items: readonly string[]): void => {
    for (const item of items) {
      const place = { position: { segment: 1, offset: sequence }, sequence };
      sequence += 1;
      outbox.progress.began(item, place);
      outbox.progress.passed(place);
      outbox.offer({ ids: [item], item });
    }
  };
  return { outbox, cursors, offer };
}

const items = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `item ${index}`);

describe("a batch", () => {
  test("is delivered once where the destination takes it", async () => {
    const script = scripted<string>(() => "takes");
    const { outbox, offer } = outboxTo(script);
    offer(...items(1_200));
    await outbox.drain();
    expect(script.attempts.map((batch) => batch.length)).toEqual([512, 512, 176]);
    expect(script.taken).toEqual(items(1_200));
    expect(outbox.report()).toMatchObject({ accepted: 1_200, delivered: 1_200, pending: 0 });
  });

  test.each([
    ["same", 2],
    ["throws", 1],
    ["fails", 1],
  ] as const)(
    "is tried again, the same items in the same order, where the exporter says: %s",
    async (answer, retries) => {
      const script = scripted<string>((_, attempt) => (attempt < retries ? answer : "takes"));
      const { outbox, offer } = outboxTo(script);
      offer("a", "b");
      const drained = outbox.drain();
      offer("c");
      await drained;
      expect(script.attempts).toEqual([
        ...Array.from({ length: retries + 1 }, () => ["a", "b"]),
        ["c"],
      ]);
      expect(script.taken).toEqual(["a", "b", "c"]);
      expect(outbox.report()).toMatchObject({
        delivered: 3,
        dropped: 0,
        maybeDuplicate: 2 * retries,
      });
    },
  );

  test("that is never taken is dropped, and the next one is sent", async () => {
    const script = scripted<string>((_, attempt) => (attempt === 0 ? "never" : "takes"));
    const { outbox, offer } = outboxTo(script);
    offer("a", "b");
    const drained = outbox.drain();
    offer("c");
    await drained;
    expect(script.attempts).toEqual([["a", "b"], ["c"]]);
    expect(outbox.report()).toMatchObject({ delivered: 1, dropped: 2, pending: 0 });
  });

  test("is halved down to the one bad item, which alone is dropped", async () => {
    const script = scripted<string>((batch) => (batch.includes("item 37") ? "smaller" : "takes"));
    const { outbox, offer } = outboxTo(script);
    offer(...items(100));
    await outbox.drain();
    expect(script.taken.toSorted()).toEqual(
      items(100)
        .filter((item) => item !== "item 37")
        .toSorted(),
    );
    expect(outbox.report()).toMatchObject({ delivered: 99, dropped: 1, pending: 0 });
    expect(script.attempts.length).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(100)) + 1);
  });

  test("whose exporter hangs and does not heed its signal is tried again when its time is up", async () => {
    const script = scripted<string>((_, attempt) => (attempt === 0 ? "hangs" : "takes"));
    const { outbox, offer } = outboxTo(script, { attemptTimeoutMs: 5 });
    offer("a");
    await outbox.drain();
    expect(script.signals[0]?.aborted).toBe(true);
    expect(script.taken).toEqual(["a"]);
    expect(outbox.report()).toMatchObject({ delivered: 1, maybeDuplicate: 1 });
  });

  test("that is answered after its time was up counts once", async () => {
    const { promise: late, resolve } = Promise.withResolvers<void>();
    let attempts = 0;
    const outbox = new Outbox<string>({
      ...roomy,
      save: () => {},
      attemptTimeoutMs: 5,
      send: () => ((attempts += 1) === 1 ? late : Promise.resolve()),
    });
    outbox.progress.began("a", { position: start.foldFrom, sequence: 0 });
    outbox.offer({ ids: ["a"], item: "a" });
    await outbox.drain();
    resolve();
    await late;
    expect(outbox.report()).toMatchObject({ accepted: 1, delivered: 1, pending: 0 });
  });

  test("that is never answered goes in halves, so that one too large for its destination arrives in the end", async () => {
    const script = scripted<string>((batch) => (batch.length > 3 ? "fails" : "takes"));
    const { outbox, offer } = outboxTo(script);
    offer(...items(10));
    await outbox.drain();
    expect(script.attempts.map((batch) => batch.length)).toEqual([
      10, 10, 10, 5, 5, 5, 3, 2, 5, 5, 5, 3, 2,
    ]);
    expect(script.taken).toEqual(items(10));
    expect(outbox.report()).toMatchObject({ delivered: 10, dropped: 0, pending: 0 });
  });

  test("that is refused until somebody puts the destination right is kept for that, unless it is to be delivered only once", async () => {
    const refused = new ExportFailure("401", { retry: "same", answered: true, needsRepair: true });
    const patient = failing(refused, refused);
    patient.offer("a");
    await patient.outbox.drain();
    expect(patient.outbox.report()).toMatchObject({ delivered: 1, dropped: 0 });
    const { outbox, offer } = outboxTo(
      scripted<string>(() => "takes"),
      { send: () => Promise.reject(refused), waitsForRepair: false },
    );
    offer("a", "b");
    await outbox.drain();
    expect(outbox.report()).toMatchObject({ dropped: 2, drops: [{ reason: "401" }] });
  });

  test("that is refused with an answer is not taken for too large, however often", async () => {
    const refused = new ExportFailure("wrong key", { retry: "same", answered: true });
    const { outbox, offer, sizes } = failing(...Array.from({ length: 9 }, () => refused));
    offer("a", "b");
    await outbox.drain();
    expect(sizes).toEqual(Array.from({ length: 10 }, () => 2));
    expect(outbox.report()).toMatchObject({ delivered: 2, maybeDuplicate: 0 });
  });

  test.each<[string, unknown]>([
    ["nothing", undefined],
    [
      "a trap",
      new Proxy(
        {},
        {
          getPrototypeOf: () => {
            throw new Error("trap");
          },
        },
      ),
    ],
    [
      "a remedy nobody knows",
      Object.assign(new ExportFailure("odd", { retry: "same" }), { retry: "?" }),
    ],
  ])("whose exporter throws %s is tried again, and nothing is thrown on", async (_, thrown) => {
    let attempts = 0;
    const { outbox, offer } = outboxTo(
      scripted<string>(() => "takes"),
      {
        // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- what exporters do
        send: () => ((attempts += 1) === 1 ? Promise.reject(thrown) : Promise.resolve()),
      },
    );
    offer("a");
    await outbox.drain();
    expect(outbox.report()).toMatchObject({ delivered: 1, dropped: 0, failure: null });
  });

  test("that cannot be weighed, because the disk cannot be read, waits and is told of, and leaves when it can", async () => {
    let isShort = true;
    const weigh = {
      waiting: () => 1,
      sent: () => {
        if (isShort) throw new Error("EMFILE");
        return 1;
      },
    };
    const script = scripted<string>(() => "takes");
    const { outbox, offer } = outboxTo(script, { weigh, retryDelayMs: () => 1 });
    offer("a");
    outbox.nudge();
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(outbox.report()).toMatchObject({ pending: 1, maybeDuplicate: 0 });
    expect(outbox.report().failure?.cause).toMatchObject({ message: "EMFILE" });
    isShort = false;
    await outbox.drain();
    expect(outbox.report()).toMatchObject({ delivered: 1, failure: null });
  });

  test("waits as long as the destination says, but no timer rings early because it was asked for too much", async () => {
    let attempts = 0;
    const { outbox, offer } = outboxTo(
      scripted<string>(() => "takes"),
      {
        send: () => {
          attempts += 1;
          throw new ExportFailure("later", { retry: "same", retryAfterMs: 1e12 });
        },
      },
    );
    offer("a");
    const drained = outbox.drain();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(attempts).toBe(1);
    outbox.stop();
    await drained;
  });
});

describe("a batch that is not full", () => {
  const limits = { items: 3, bytes: 1_000_000, waitMs: 20 };

  test("waits for more, and leaves when it has waited long enough, or is full", async () => {
    const script = scripted<string>(() => "takes");
    const { outbox, offer } = outboxTo(script, { limits });
    offer("a");
    outbox.nudge();
    offer("b");
    outbox.nudge();
    expect(script.attempts).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(script.attempts).toEqual([["a", "b"]]);
    offer("c", "d", "e", "f");
    outbox.nudge();
    expect(script.attempts.slice(1)).toEqual([["c", "d", "e"]]);
    await outbox.drain();
    expect(script.attempts.slice(2)).toEqual([["f"]]);
  });

  test("leaves at once where somebody waits for it, or there is no room for more", async () => {
    const script = scripted<string>(() => "takes");
    const { outbox, offer } = outboxTo(script, { limits });
    offer("a");
    await outbox.drain();
    expect(script.attempts).toEqual([["a"]]);
    const small = outboxTo(script, { limits, maxWaitingBytes: 1 });
    small.offer("b");
    small.outbox.nudge();
    expect(script.attempts).toEqual([["a"], ["b"]]);
  });
});

describe("stopping", () => {
  test.each<Answer>(["same", "hangs", "fails"])(
    "ends at once what is being tried, and it stays pending: %s",
    async (answer) => {
      const script = scripted<string>(() => answer);
      const { outbox, offer, cursors } = outboxTo(script);
      offer("a", "b");
      const drained = outbox.drain();
      await new Promise((resolve) => setImmediate(resolve));
      outbox.stop();
      await drained;
      const attempts = script.attempts.length;
      await outbox.drain();
      expect(script.attempts).toHaveLength(attempts);
      expect(outbox.report()).toMatchObject({ accepted: 2, delivered: 0, pending: 2 });
      expect(cursors.at(-1)?.foldFrom ?? { segment: 1, offset: 0 }).toEqual({
        segment: 1,
        offset: 0,
      });
    },
  );

  test("does not wait until the next try, however far that is", async () => {
    const { outbox, offer } = outboxTo(
      scripted<string>(() => "takes"),
      {
        send: (_, signal) =>
          new Promise((_resolve, reject) => {
            const later = new ExportFailure("later", { retry: "same", retryAfterMs: 1e9 });
            signal.addEventListener("abort", () => reject(later));
          }),
      },
    );
    offer("a");
    const drained = outbox.drain();
    outbox.stop();
    await drained;
    expect(outbox.report()).toMatchObject({ pending: 1 });
  });

  test("by a kill in the middle of a batch that was halved loses nothing of what was answered", async () => {
    const answers: readonly Answer[] = ["smaller", "takes", "hangs"];
    const script = scripted<string>((_, attempt) => answers[attempt] ?? "hangs");
    const { outbox, offer, cursors } = outboxTo(script);
    offer("a", "b", "c", "d");
    const drained = outbox.drain();
    while (script.attempts.length < 3) await new Promise((resolve) => setImmediate(resolve));
    expect(cursors.at(-1)?.outstanding).toEqual(["c", "d"]);
    outbox.stop();
    await drained;
  });

  test("in the middle of a batch that was halved remembers which half was delivered", async () => {
    const answers: readonly Answer[] = ["smaller", "takes", "hangs"];
    const script = scripted<string>((_, attempt) => answers[attempt] ?? "hangs");
    const { outbox, offer, cursors } = outboxTo(script);
    offer("a", "b", "c", "d");
    const drained = outbox.drain();
    await new Promise((resolve) => setTimeout(resolve, 5));
    outbox.stop();
    await drained;
    expect(script.taken).toEqual(["a", "b"]);
    expect(cursors.at(-1)?.foldFrom).toEqual({ segment: 1, offset: 2 });
    expect(outbox.report()).toMatchObject({ delivered: 2, pending: 2 });
  });
});

describe("what is offered", () => {
  test("under several names is acknowledged under all of them", async () => {
    const { outbox, cursors } = outboxTo(scripted<string>(() => "takes"));
    for (const [sequence, name] of ["one", "other"].entries()) {
      const place = { position: { segment: 1, offset: sequence }, sequence };
      outbox.progress.began(name, place);
      outbox.progress.passed(place);
    }
    outbox.offer({ ids: ["one", "other"], item: "x" });
    await outbox.drain();
    expect(cursors.at(-1)).toEqual({
      sequence: 1,
      foldFrom: { segment: 1, offset: 1 },
      outstanding: [],
    });
  });

  test("and was acknowledged in an earlier process is not accepted", async () => {
    const script = scripted<string>(() => "takes");
    const { outbox, offer } = outboxTo(script, {
      cursor: { ...start, sequence: 2, outstanding: ["item 1"] },
    });
    offer(...items(4));
    await outbox.drain();
    expect(script.taken).toEqual(["item 1", "item 3"]);
    expect(outbox.report()).toMatchObject({ accepted: 2 });
  });
});

test("a cursor that cannot be kept is told of, and tried again with the next answer", async () => {
  let isFull = true;
  const script = scripted<string>(() => "takes");
  const { outbox, offer } = outboxTo(script, {
    save: () => {
      if (isFull) throw new Error("ENOSPC");
    },
  });
  offer("a");
  await outbox.drain();
  expect(outbox.report()).toMatchObject({ delivered: 1, failure: null });
  expect(outbox.report().cursorFailure).toMatchObject({ message: "ENOSPC" });
  isFull = false;
  offer("b");
  await outbox.drain();
  expect(outbox.report().cursorFailure).toBeNull();
});

describe("laws", () => {
  const answer = fc.constantFrom<Answer>("takes", "same", "smaller", "never");
  const script = fc.tuple(
    fc.array(answer, { maxLength: 12 }),
    fc.array(fc.nat(5), { minLength: 1, maxLength: 8 }),
    fc.option(fc.nat(20), { nil: null }),
  );

  test("accepted = delivered + filtered + dropped + pending, and each of them is true, at every moment of any script", async () => {
    await fc.assert(
      fc.asyncProperty(script, async ([answers, offers, stopAt]) => {
        const dropped = new Set<string>();
        const exporter = scripted<string>((batch, attempt) => {
          consistent();
          if (attempt === stopAt) outbox.stop();
          const said = answers[attempt] ?? "takes";
          if (said === "never" || (said === "smaller" && batch.length === 1))
            for (const item of batch) dropped.add(item);
          return said;
        });
        const { outbox, offer, cursors } = outboxTo(exporter);
        let offered = 0;
        const consistent = (): void => {
          const report = outbox.report();
          expect(report.accepted).toBe(offered);
          expect(report.accepted).toBe(
            report.delivered + report.filtered + report.dropped + report.pending,
          );
          expect(Math.min(report.pending, report.delivered, report.dropped)).toBeGreaterThanOrEqual(
            0,
          );
        };
        for (const count of offers) {
          offer(...Array.from({ length: count }, (_, index) => `item ${offered + index}`));
          offered += count;
          consistent();
          void outbox.drain();
          if (count % 2 === 0) await Promise.resolve();
          consistent();
        }
        await outbox.drain();
        consistent();
        const report = outbox.report();
        if (stopAt === null || stopAt >= exporter.attempts.length) {
          expect(report).toMatchObject({
            delivered: exporter.taken.length,
            dropped: dropped.size,
            pending: 0,
          });
          expect(new Set([...exporter.taken, ...dropped]).size).toBe(offered);
        }
        const { sequence, outstanding } = cursors.at(-1) ?? start;
        for (let place = 0; place <= sequence; place += 1) {
          const item = `item ${place}`;
          if (!outstanding.includes(item))
            expect(exporter.taken.includes(item) || dropped.has(item)).toBe(true);
        }
      }),
      { numRuns: runs(1_000) },
    );
  });

  test("whichever items are bad, they alone are dropped, and all others are delivered once", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(60), fc.uniqueArray(fc.nat(59)), async (count, bad) => {
        const isBad = (item: string): boolean => bad.includes(Number(item.slice(5)));
        const exporter = scripted<string>((batch) => (batch.some(isBad) ? "smaller" : "takes"));
        const { outbox, offer } = outboxTo(exporter);
        offer(...items(count));
        await outbox.drain();
        expect(exporter.taken).toEqual(items(count).filter((item) => !isBad(item)));
        expect(outbox.report()).toMatchObject({
          accepted: count,
          dropped: items(count).filter(isBad).length,
          pending: 0,
          maybeDuplicate: 0,
        });
      }),
      { numRuns: runs(1_000) },
    );
  });
});

/** Fails as it is told, and then takes all. */
function failing(
  ...failures: readonly ExportFailure[]
): Running & { readonly sizes: readonly number[] } {
  const left = [...failures];
  const sizes: number[] = [];
  const running = outboxTo(
    scripted(() => "takes"),
    {
      send: (batch) => {
        sizes.push(batch.length);
        const failure = left.shift();
        return failure ? Promise.reject(failure) : Promise.resolve();
      },
    },
  );
  return { ...running, sizes };
}

describe("what an exporter says of its failure", () => {
  test("is told in the report until an attempt succeeds", async () => {
    const refused = new ExportFailure("the key is wrong", { retry: "never", answered: true });
    const { outbox, offer } = failing(refused);
    offer("one");
    await outbox.drain();
    expect(outbox.report()).toMatchObject({ dropped: 1, failure: refused });
    offer("two");
    await outbox.drain();
    expect(outbox.report()).toMatchObject({ delivered: 1, failure: null });
  });

  test("decides what may be there twice: nothing, where the destination has answered", async () => {
    const busy = { retry: "same", retryAfterMs: 0 } as const;
    const { outbox, offer } = failing(
      new ExportFailure("busy", { ...busy, answered: true }),
      new ExportFailure("the line was cut", busy),
    );
    offer("one", "two");
    await outbox.drain();
    expect(outbox.report()).toMatchObject({ delivered: 2, maybeDuplicate: 2 });
  });

  test("decides how much of a batch is lost", async () => {
    const { outbox, offer } = failing(
      new ExportFailure("3 are bad", { retry: "never", rejected: 3 }),
    );
    offer(...items(10));
    await outbox.drain();
    expect(outbox.report()).toMatchObject({ accepted: 10, delivered: 7, dropped: 3, pending: 0 });
  });

  test.each([
    [1.5, 2],
    [-3, 0],
    [1e9, 10],
    [Number.NaN, 10],
  ])("counts whole members, whatever it says (%d)", async (rejected, dropped) => {
    const { outbox, offer } = failing(new ExportFailure("some", { retry: "never", rejected }));
    offer(...items(10));
    await outbox.drain();
    expect(outbox.report()).toMatchObject({ accepted: 10, delivered: 10 - dropped, dropped });
  });

  test("is understood from another copy of the package", () => {
    const foreign = Object.assign(new Error("never"), {
      [Symbol.for("spoor.error")]: true,
      name: "ExportFailure",
    });
    expect(ExportFailure.is(foreign)).toBe(true);
    expect(ExportFailure.is(new Error("never"))).toBe(false);
  });
});
