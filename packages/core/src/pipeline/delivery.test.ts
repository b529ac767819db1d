import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Span } from "../run-tree/span.ts";
import { arbitrarySession } from "../testing-kit/arbitrary-session.ts";
import { aTurn, keysOf, start, takesAll } from "../testing-kit/delivering.ts";
import * as say from "../testing-kit/drafts.ts";
import { journalWith, steadyJournal } from "../testing-kit/journals.ts";
import { record } from "../testing-kit/recording.ts";
import {
  type Answer,
  eventExporter,
  type Script,
  scripted,
  spanExporter,
} from "../testing-kit/scripted-exporter.ts";
import { runs } from "../testing-kit/runs.ts";
import type { AgentEvent, EventDraft, EventId } from "../vocabulary/event.ts";
import { type CursorStore, memoryCursors } from "./cursor.ts";
import { ExportFailure } from "./export-failure.ts";
import type { SpanExporter } from "./exporter.ts";

const unreadable = (): never => {
  throw new Error("EIO");
};
const eventsOf = (script: Script<AgentEvent>): readonly string[] =>
  script.taken.map((event) => ("key" in event ? event.key : event.mark));

/** A process that only ever hears of the beginning of what an earlier one has sent cannot know that it was sent. */
function withoutLateWitnesses(drafts: readonly EventDraft[]): readonly EventDraft[] {
  const ended = new Set<string>();
  return drafts.filter((draft) => {
    const key = ("key" in draft ? draft.key : draft.on)?.replace(/^also /, "") ?? "";
    if ("outcome" in draft) ended.add(key);
    return !("name" in draft && ended.has(key));
  });
}

describe("what is recorded", () => {
  test("is delivered: spans when they have ended, events all", async () => {
    const [spans, events] = [takesAll<Span>(), takesAll<AgentEvent>()];
    const { delivery, say: tell } = start([spanExporter("s", spans), eventExporter("e", events)]);
    tell(...aTurn("turn"), say.turn("open"));
    const reports = await delivery.flush(1_000);
    expect(keysOf(spans.taken)).toEqual(["tool of turn", "turn"]);
    expect(events.taken).toHaveLength(5);
    expect(reports).toMatchObject({
      s: { accepted: 2, delivered: 2, pending: 0 },
      e: { accepted: 5, delivered: 5, pending: 0 },
    });
  });

  test("leaves by itself, without a flush", async () => {
    const spans = takesAll<Span>();
    const { say: tell } = start([{ ...spanExporter("s", spans), limits: { waitMs: 0 } }]);
    tell(...aTurn("turn"));
    await expect.poll(() => keysOf(spans.taken)).toEqual(["tool of turn", "turn"]);
  });

  test("twice, before it is acknowledged, is sent once", async () => {
    const events = takesAll<AgentEvent>();
    const { delivery, say: tell } = start([eventExporter("e", events)]);
    tell(say.turn("a"), say.turn("a"), say.turn("b"), say.turn("a"));
    await delivery.flush(1_000);
    expect(eventsOf(events)).toEqual(["a", "b"]);
  });

  test("of one span under two names is sent once, and nothing stays behind", async () => {
    const spans = takesAll<Span>();
    const [journal, cursors] = [steadyJournal(), memoryCursors()];
    const { delivery, say: tell } = start([spanExporter("s", spans)], journal, cursors);
    tell(say.turn("a"), say.turn("b"), say.amended("b", "1", { alias: "a" }));
    tell(say.ended("turn", "a"), say.turn("open"), say.ended("turn", "b", { source: "hook" }));
    await delivery.flush(1_000);
    tell(say.turn("b", { source: "transcript" }));
    tell(...aTurn("next"));
    await delivery.flush(1_000);
    expect(keysOf(spans.taken)).toEqual(["a", "tool of next", "next"]);
    const cursor = cursors.load("s", journal.lane);
    expect(cursor?.foldFrom).toEqual({ segment: 1, offset: 4 });
  });
});

test("a witness that comes after its span was delivered holds up nothing", async () => {
  const [journal, cursors] = [steadyJournal(), memoryCursors()];
  const { delivery, say: tell } = start([spanExporter("s", takesAll())], journal, cursors);
  tell(...aTurn("turn"));
  await delivery.flush(1_000);
  tell(say.turn("turn", { source: "hook" }), ...aTurn("next"));
  const reports = await delivery.flush(1_000);
  expect(reports["s"]).toMatchObject({ accepted: 4, delivered: 4, pending: 0, late: 1 });
  const last = Array.from(journal.reader().entries(), ({ position }) => position).at(-1);
  expect(cursors.load("s", journal.lane)?.foldFrom).toEqual(last);
});

test("what is recorded after the close is left to the next process", async () => {
  const [journal, cursors] = [steadyJournal(), memoryCursors()];
  const one = start([spanExporter("s", takesAll())], journal, cursors);
  await one.delivery.close(100);
  one.say(...aTurn("turn"));
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(one.delivery.reports()["s"]).toMatchObject({ accepted: 0, pending: 0 });
  const spans = takesAll<Span>();
  await start([spanExporter("s", spans)], journal, cursors).delivery.flush(1_000);
  expect(keysOf(spans.taken)).toHaveLength(2);
});

describe("an exporter that is down", () => {
  test("does not hold up another, nor a flush beyond its time, nor a close", async () => {
    const [good, bad, hanging] = [
      takesAll<Span>(),
      scripted<Span>(() => "same"),
      scripted<Span>(() => "hangs"),
    ];
    const { delivery, say: tell } = start([
      spanExporter("good", good),
      spanExporter("bad", bad),
      spanExporter("hanging", hanging),
    ]);
    tell(...aTurn("turn"));
    const started = performance.now();
    const reports = await delivery.flush(30);
    // Far from what the attempt that hangs would take.
    expect(performance.now() - started).toBeLessThan(15_000);
    expect(reports).toMatchObject({
      good: { delivered: 2, pending: 0 },
      bad: { delivered: 0, pending: 2 },
      hanging: { delivered: 0, pending: 2 },
    });
    await delivery.close(10);
    const attempts = bad.attempts.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(bad.attempts).toHaveLength(attempts);
  });
});

describe("a close does not wait", () => {
  test.each(["unreached", "needsRepair"] as const)(
    "for a destination whose failure is %s, and what waits for it is left to the next process",
    async (why) => {
      const [journal, cursors, other] = [steadyJournal(), memoryCursors(), takesAll<Span>()];
      const away = {
        ...spanExporter("away", takesAll()),
        export: () => Promise.reject(new ExportFailure("away", { retry: "same", [why]: true })),
      };
      const one = start([away, spanExporter("other", other)], journal, cursors);
      one.say(...aTurn("turn"));
      await one.delivery.close(60_000, 5);
      expect(one.delivery.reports()).toMatchObject({
        away: { pending: 2 },
        other: { delivered: 2 },
      });
      const back = takesAll<Span>();
      await start([spanExporter("away", back)], journal, cursors).delivery.flush(1_000);
      expect(keysOf(back.taken)).toEqual(keysOf(other.taken));
    },
  );

  test("any less for one that is there and asks for patience", async () => {
    const busy = scripted<Span>((_, attempt) => (attempt < 2 ? "same" : "takes"));
    const { delivery, say: tell } = start([spanExporter("busy", busy)]);
    tell(...aTurn("turn"));
    await delivery.close(60_000, 0);
    expect(delivery.reports()["busy"]).toMatchObject({ delivered: 2, pending: 0 });
  });
});

describe("after the close", () => {
  test.each(["flush", "lastChance"] as const)(
    "%s resolves at once though something waits, and so does one that was under way",
    async (asked) => {
      const { delivery, say: tell } = start([
        spanExporter(
          "s",
          scripted<Span>(() => "same"),
        ),
      ]);
      tell(...aTurn("turn"));
      const ask = () => (asked === "flush" ? delivery.flush(1e6) : delivery.lastChance(1e6, true));
      const before = ask();
      await delivery.close(5);
      await before;
      await ask();
      expect(delivery.reports()["s"]).toMatchObject({ pending: 2, delivered: 0 });
    },
  );
});

test("a cursor that cannot be read means that all of the lane is sent again, and is told of", async () => {
  const journal = steadyJournal();
  start([], journal).say(...aTurn("before"));
  const kept = memoryCursors();
  const cursors: CursorStore = {
    save: (...told) => kept.save(...told),
    load: () => {
      throw new Error("no cursor");
    },
  };
  const spans = takesAll<Span>();
  const newcomers = "from now on";
  const { delivery, say: tell } = start([spanExporter("s", spans)], journal, cursors, {
    newcomers,
  });
  tell(...aTurn("live"));
  const reports = await delivery.flush(1_000);
  expect(keysOf(spans.taken)).toEqual(["tool of before", "before", "tool of live", "live"]);
  expect(reports["s"]).toMatchObject({ failure: null, cursorFailure: { message: "no cursor" } });
});

test("why nothing arrives stands in the cursor, without secrets, until something does", async () => {
  const [journal, cursors] = [steadyJournal(), memoryCursors()];
  let isDown = true;
  const said =
    "the collector answered 401: no such key sk-ant-api03-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
  const exporter = {
    ...spanExporter("s", takesAll()),
    export: async () => {
      if (isDown) throw new ExportFailure(said, { retry: "same", answered: true });
    },
  };
  const { delivery, say: tell } = start([exporter], journal, cursors);
  tell(...aTurn("turn"));
  await delivery.flush(20);
  expect(cursors.load("s", journal.lane)?.failure).toContain(
    "the collector answered 401: no such key",
  );
  expect(cursors.load("s", journal.lane)?.failure).not.toContain("aaaa");
  isDown = false;
  await delivery.flush(5_000);
  expect(cursors.load("s", journal.lane)).not.toHaveProperty("failure");
});

const timesIn = (list: readonly AgentEvent[]): ReadonlyMap<EventId, number> =>
  new Map(
    Array.from(
      Map.groupBy(list, ({ id }) => id),
      ([id, same]) => [id, same.length],
    ),
  );

/** Nothing is refused for good: one item by itself is never too much. */
function inTheEnd(batch: readonly unknown[], answer: Answer = "takes"): Answer {
  return answer === "smaller" && batch.length === 1 ? "takes" : answer;
}

describe("the next process", () => {
  test("sends what the one before could not, and only that", async () => {
    const [journal, cursors] = [steadyJournal(), memoryCursors()];
    const first = scripted<Span>((_, attempt) => (attempt === 0 ? "takes" : "hangs"));
    const one = start([spanExporter("s", first)], journal, cursors);
    one.say(say.turn("long"), ...aTurn("turn 1"));
    await one.delivery.flush(20);
    one.say(...aTurn("turn 2"));
    await one.delivery.close(20);
    expect(keysOf(first.taken)).toEqual(["tool of turn 1", "turn 1"]);

    const second = takesAll<Span>();
    const two = start([spanExporter("s", second)], journal, cursors);
    two.say(say.ended("turn", "long"));
    await two.delivery.flush(1_000);
    expect(keysOf(second.taken)).toEqual(["tool of turn 2", "turn 2", "long"]);
  });

  test("sends what is recorded while it reads what was left once, after it", async () => {
    const journal = steadyJournal();
    record([say.turn("left 1"), say.turn("left 2")], { journal });
    const events = takesAll<AgentEvent>();
    const { delivery, say: tell } = start([eventExporter("e", events)], journal);
    tell(say.turn("live 1"));
    await new Promise((resolve) => setImmediate(resolve));
    tell(say.turn("live 2"));
    await delivery.flush(1_000);
    expect(eventsOf(events)).toEqual(["left 1", "left 2", "live 1", "live 2"]);
  });

  test("takes nothing for delivered that it could not read", async () => {
    const [inner, cursors] = [steadyJournal(), memoryCursors()];
    record([say.turn("left")], { journal: inner });
    const journal = journalWith(inner, {
      reader: () => ({
        lanes: () => [inner.lane],
        find: () => null,
        sizeOf: () => null,
        entries: unreadable,
        entriesOf: unreadable,
      }),
    });
    const one = start([eventExporter("e", takesAll())], journal, cursors);
    one.say(say.turn("live"));
    await one.delivery.close(100);

    const events = takesAll<AgentEvent>();
    await start([eventExporter("e", events)], inner, cursors).delivery.flush(1_000);
    expect(eventsOf(events)).toEqual(["left", "live"]);
  });

  test("goes back behind what it has sent for a span whose beginning does not tell its trace", async () => {
    const [journal, cursors] = [steadyJournal(), memoryCursors()];
    const first = start([spanExporter("s", takesAll())], journal, cursors);
    first.say(say.turn("turn"), say.amended("turn", "1", { alias: "by another name" }));
    await first.delivery.close(100);
    const second = start([spanExporter("s", takesAll())], journal, cursors);
    second.say(say.tool("tool", "by another name"), say.ended("turn", "turn"));
    await second.delivery.close(100);

    const spans = takesAll<Span>();
    const third = start([spanExporter("s", spans)], journal, cursors);
    third.say(say.ended("tool", "tool"));
    await third.delivery.flush(1_000);
    expect(keysOf(spans.taken)).toEqual(["tool"]);
  });

  test("has the contexts and labels that were said before what it goes on from", async () => {
    const [journal, cursors] = [steadyJournal(), memoryCursors()];
    const [system, question, answer] = [{ content: "be kind" }, { content: "?" }, { content: "!" }];
    const first = start([spanExporter("s", takesAll())], journal, cursors);
    first.say(
      say.sessionStarted({ environment: "prod" }),
      say.turn("one"),
      say.model("call 1", "one", { context: { messages: [system, question] } }),
      say.ended("model", "call 1"),
      say.ended("turn", "one"),
      say.turn("two"),
    );
    await first.delivery.close(100);

    const seen: unknown[] = [];
    const looks: SpanExporter = {
      name: "s",
      consumes: "spans",
      export: async (batch, { content }) => {
        for (const { context, labels } of batch)
          if (context) seen.push(content?.messages(context)?.length, labels.environment);
      },
    };
    const second = start([looks], journal, cursors);
    const context = { messages: [system, question, answer] };
    second.say(say.model("call 2", "two", { context }), say.ended("model", "call 2"));
    await second.delivery.flush(1_000);
    expect(seen).toEqual([3, "prod"]);
  });

  test("goes on where the lane ends, if the lane has lost what the cursor was ahead of", async () => {
    const cursors = memoryCursors();
    cursors.save("s", "memory", {
      sequence: 1_000,
      foldFrom: { segment: 9, offset: 900 },
      outstanding: [],
    });
    const spans = takesAll<Span>();
    const { delivery, say: tell } = start([spanExporter("s", spans)], steadyJournal(), cursors);
    tell(...aTurn("turn"));
    await delivery.flush(1_000);
    expect(keysOf(spans.taken)).toEqual(["tool of turn", "turn"]);
  });

  test("skips entries that it does not understand", async () => {
    const journal = steadyJournal();
    record([say.turn("a")], { journal });
    journal.append('{"v":1,"type":"turn.exploded"}', { sequence: 1, recordedAt: 2_000 });
    record([say.turn("b")], { journal });
    const events = takesAll<AgentEvent>();
    await start([eventExporter("e", events)], journal).delivery.flush(1_000);
    expect(eventsOf(events)).toEqual(["a", "b"]);
  });

  test("whatever was answered, and wherever it was killed: every span and event gets there, and what was acknowledged does not come again", async () => {
    const life = fc.record({
      said: fc.nat(15),
      answers: fc.array(
        fc.constantFrom<Answer>("takes", "takes", "same", "smaller", "fails", "hangs"),
        { maxLength: 6 },
      ),
      /** From next to nothing, so that all is read from the journal, to more than there is. */
      maxWaitingBytes: fc.constantFrom(1, 4_000, 1e6),
    });
    await fc.assert(
      fc.asyncProperty(
        arbitrarySession(40),
        fc.array(life, { maxLength: 4 }),
        async (session, lives) => {
          const drafts = withoutLateWitnesses(session.drafts);
          const [journal, cursors] = [steadyJournal(), memoryCursors()];
          const spans: Span[] = [];
          const events: AgentEvent[] = [];
          let from = 0;
          const liveOn = async (
            said: number,
            maxWaitingBytes: number,
            spanScript: Script<Span>,
            eventScript: Script<AgentEvent>,
          ): Promise<void> => {
            const exporters = [spanExporter("s", spanScript), eventExporter("e", eventScript)];
            const { delivery, say: tell } = start(exporters, journal, cursors, {
              maxWaitingBytes,
            });
            tell(...drafts.slice(from, (from += said)));
            await delivery.close(3);
            spans.push(...spanScript.taken);
            events.push(...eventScript.taken);
            for (const report of Object.values(delivery.reports()))
              expect(report.accepted).toBe(
                report.delivered + report.filtered + report.dropped + report.pending,
              );
          };
          for (const { said, maxWaitingBytes, answers } of lives)
            await liveOn(
              said,
              maxWaitingBytes,
              scripted((batch, attempt) => inTheEnd(batch, answers[attempt])),
              scripted((batch, attempt) => inTheEnd(batch, answers[attempt])),
            );
          await liveOn(drafts.length, 1e6, takesAll(), takesAll());

          const recorded = Array.from(journal.reader().entries(), ({ line }) => JSON.parse(line));
          const timesSent = timesIn(events);
          for (const [id, times] of timesIn(recorded)) {
            expect(timesSent.get(id)).toBeGreaterThanOrEqual(1);
            expect(timesSent.get(id)).toBeLessThanOrEqual(times);
          }
          const sent = spans.flatMap(({ spanId, otherSpanIds = [] }) => [spanId, ...otherSpanIds]);
          expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(spans.length);
          const opened = new Set(
            recorded
              .filter(({ type }) => type.endsWith(".started") && type !== "session.started")
              .map(({ spanId }) => spanId),
          );
          const closed = recorded.filter(({ type }) => type.endsWith(".ended"));
          for (const { spanId } of closed) if (opened.has(spanId)) expect(sent).toContain(spanId);
        },
      ),
      { numRuns: runs(1_000) },
    );
  });
});
