import { describe, expect, test } from "vitest";
import { contentReader } from "../journal/context-book.ts";
import type { Journal } from "../journal/journal.ts";
import * as say from "../testing-kit/drafts.ts";
import { failingJournal, journalWith, steadyJournal } from "../testing-kit/journals.ts";
import { eventsIn, record, tickingClock } from "../testing-kit/recording.ts";
import type { EventDraft } from "../vocabulary/event.ts";
import { isRecord, type JsonValue } from "../vocabulary/json.ts";

const gapsIn = (journal: Journal): readonly unknown[] =>
  eventsIn(journal).flatMap((event) =>
    event.type === "native.noted" &&
    event.name === "journal.gap" &&
    typeof event.native === "string"
      ? [journal.reader().find(event.native)?.value]
      : [],
  );

describe("a journal that fails for a while", () => {
  test("what was lost is counted, and the gap is in the record as soon as it works again", () => {
    const { journal, fails } = failingJournal();
    const clock = tickingClock(0);
    const { recorder } = record([say.turn("a")], { journal, clock });
    fails(true);
    recorder.emit(say.turn("b"));
    recorder.emit(say.turn("c", { session: "thread 2" }));
    recorder.emit(say.turn("d"));
    fails(false);
    expect(journal.health().lost).toBe(3);
    expect(recorder.health().recorded).toBe(1);

    recorder.emit(say.turn("e"));
    expect(gapsIn(journal)).toEqual([
      { lost: 2, fromMs: expect.any(Number), toMs: expect.any(Number) },
      { lost: 1, fromMs: expect.any(Number), toMs: expect.any(Number) },
    ]);
    recorder.emit(say.turn("f"));
    expect(gapsIn(journal)).toHaveLength(2);
  });

  test("a gap that could not be written either is not forgotten", () => {
    const { journal, fails } = failingJournal();
    const { recorder } = record([say.turn("a")], { journal });
    fails(true);
    for (const key of ["b", "c", "d"]) recorder.emit(say.turn(key));
    fails(false);
    let entries = 0;
    const append = journal.append.bind(journal);
    journal.append = (entry, tail) => {
      entries += 1;
      fails(entries === 2);
      return append(entry, tail);
    };
    recorder.emit(say.turn("e"));
    recorder.emit(say.turn("f"));
    const told = gapsIn(journal).map((gap) => isRecord(gap) && Number(gap["lost"]));
    expect(told).toEqual([journal.health().lost]);
    expect(journal.health().lost).toBe(4);
  });

  test("values that could not be written are counted in a note as soon as one is written again", () => {
    const inner = steadyJournal();
    let isFailing = true;
    const journal = journalWith(inner, {
      store: (subject, ref, json) => !isFailing && inner.store(subject, ref, json),
    });
    const { recorder } = record([], { journal });
    recorder.emit(say.turn("a", { input: "one", native: "two" }));
    recorder.emit(say.ended("turn", "a"));
    recorder.emit(say.turn("b", { session: "thread 2", input: "three" }));
    isFailing = false;
    recorder.emit(say.ended("turn", "b", { session: "thread 2" }));
    expect(eventsIn(journal).map(({ type }) => type)).not.toContain("native.noted");
    recorder.emit(say.turn("c", { input: "four" }));
    const times = { fromMs: expect.any(Number) as unknown, toMs: expect.any(Number) as unknown };
    expect(gapsIn(journal)).toEqual([
      { lost: 0, lostValues: 2, ...times },
      { lost: 0, lostValues: 1, ...times },
    ]);
    recorder.emit(say.turn("d", { input: "five" }));
    expect(gapsIn(journal)).toHaveLength(2);
  });

  test("a note whose numbers could not be written is given again, and counts itself", () => {
    const inner = steadyJournal();
    let nth = 0;
    const journal = journalWith(inner, {
      store(subject, ref, json) {
        nth += 1;
        return nth !== 1 && nth !== 3 && inner.store(subject, ref, json);
      },
    });
    const { recorder } = record([], { journal });
    for (const key of ["a", "b", "c"]) recorder.emit(say.turn(key, { input: key }));
    const told = gapsIn(journal).map((gap) => isRecord(gap) && gap["lostValues"]);
    expect(told).toEqual([false, 2]);
  });

  test("contexts can be rebuilt again afterwards", () => {
    const { journal, fails } = failingJournal();
    const messages = Array.from({ length: 8 }, (_, index) => ({ content: index }));
    const call = (count: number): EventDraft =>
      say.model(`model ${count}`, "turn", { context: { messages: messages.slice(0, count) } });
    const { recorder } = record([call(1), call(2)], { journal });
    fails(true);
    recorder.emit(call(3));
    fails(false);
    recorder.emit(call(4));
    const last = eventsIn(journal).find((event) => "key" in event && event.key === "model 4");
    if (last?.type !== "model.started" || !last.context) throw new Error("not recorded");
    expect(last.context.from).toBeNull();
    const content = contentReader(journal.reader());
    expect(content.messages(last.context)?.map((held) => content.read(held))).toEqual(
      messages.slice(0, 4).map((value) => ({ kind: "value", value })),
    );
  });
});

test("a value that could not be stored once is stored when it comes again", () => {
  const inner = steadyJournal();
  let failing = true;
  const journal = journalWith(inner, {
    store: (subject, ref, json) => !failing && inner.store(subject, ref, json),
  });
  const message = { role: "user", content: "hello" };
  const { recorder } = record([], { journal });
  recorder.emit(say.model("one", "turn", { context: { messages: [message] } }));
  failing = false;
  recorder.emit(say.model("two", "turn", { context: { messages: [message] } }));
  const [, last] = eventsIn(journal).flatMap((event) =>
    event.type === "model.started" ? (event.context ?? []) : [],
  );
  expect(last).toMatchObject({ from: null });
  const [held] = Array.isArray(last?.add) ? last.add : [];
  expect(held && contentReader(inner.reader()).read(held)).toEqual({
    kind: "value",
    value: message,
  });
});

test("a redactor that emits does not upset the sequence", () => {
  const journal = steadyJournal();
  let depth = 0;
  const redact = {
    profile: "curious",
    redact: (value: JsonValue): JsonValue => {
      if (depth === 0) {
        depth += 1;
        recorder.emit(say.handoff("turn", "seen"));
      }
      return value;
    },
  };
  const { recorder } = record([], { journal, redact });
  recorder.emit(say.turn("turn", { input: "hello" }));
  recorder.emit(say.turn("next"));
  expect(eventsIn(journal).map(({ sequence }) => sequence)).toEqual([0, 1, 2]);
});
