import type { EventDraft } from "@spoor/core";
import { expect, test } from "vitest";
import { longSession } from "../long-session.fixture.ts";
import { recordedSession } from "../recorded-session.fixture.ts";
import type { PageData, Place } from "../page-data.ts";
import { defaultLimits, pageDataOf, type PageLimits } from "./page-data-of.ts";

function pageOf(drafts: Iterable<EventDraft>, limits: Partial<PageLimits> = {}): PageData {
  const { report, view, content } = recordedSession(drafts);
  return pageDataOf(report, view, content, { ...defaultLimits, ...limits });
}

const sizeOf = (data: PageData): number => JSON.stringify(data).length;

/** Put together again, as the page does it. */
function messagesOf(data: PageData, call: Place | undefined): readonly string[] {
  const { context } = data.spans[call ?? -1] ?? {};
  if (!context) return [];
  const before = context.from === undefined ? [] : messagesOf(data, context.from);
  const added = context.add.map((message) => data.texts[data.messages[message]?.text ?? -1]?.text);
  const { keep, cut } = context;
  return [...before.slice(0, keep), ...added.map(String), ...before.slice(keep + cut)];
}

test("every context that is put together from the page is the one that was sent", () => {
  const { report, view, content } = recordedSession(longSession(90));
  const data = pageDataOf(report, view, content);
  const calls = view.spans.filter(({ kind }) => kind === "model");
  for (const { spanId, context } of calls) {
    const sent = context && content.messages(context)?.map((held) => content.read(held));
    const place = data.spans.findIndex(({ id }) => id === spanId);
    expect(messagesOf(data, place).map((text) => JSON.parse(text) as unknown)).toEqual(
      sent?.map((answer) => (answer.kind === "value" ? answer.value : null)),
    );
  }
});

test("a page grows with what was said anew, not with how often it was sent again", () => {
  const [short, long] = [pageOf(longSession(30)), pageOf(longSession(120))].map(sizeOf);
  expect((long ?? 0) / (short ?? 1)).toBeLessThan(4.4);
});

test("what was said is there once, however many spans say it", () => {
  const { texts } = pageOf(longSession(40));
  const distinct = new Set(texts.map(({ text }) => text));
  expect(texts.length).toBe(distinct.size);
});

test("parents, causes and turns are places on the page", () => {
  const { spans, turns } = pageOf(longSession(6));
  expect(turns).toHaveLength(6);
  const tool = spans.find(({ kind }) => kind === "tool");
  expect(spans[tool?.parent ?? -1]).toMatchObject({ kind: "turn" });
  expect(spans[Number(tool?.cause)]).toMatchObject({ kind: "model", turn: tool?.turn });
});

test("what nobody knows is absent, never a number", () => {
  const about = { session: "s", source: "api" } as const;
  const { spans } = pageOf([
    { ...about, type: "turn.started", key: "t", name: "turn" },
    { ...about, type: "model.started", key: "m", parent: "t", name: "small" },
  ]);
  expect(spans[1]).toMatchObject({ kind: "model", status: "open" });
  for (const field of ["end", "usage", "usd", "output", "input"])
    expect(spans[1]).not.toHaveProperty(field);
});

test("what a task was to give is on the page beside what it gave", () => {
  const about = { session: "s", source: "api", key: "task" } as const;
  const { spans, texts } = pageOf([
    { ...about, type: "turn.started", key: "t", name: "crew" },
    { ...about, type: "work.started", kind: "task", parent: "t", name: "a", expected: "much" },
    { ...about, type: "work.ended", outcome: { status: "ok" }, output: "little" },
  ]);
  const [expected, output] = [spans[1]?.expected, spans[1]?.output].map(
    (place) => texts[place ?? -1]?.text,
  );
  expect([expected, output]).toEqual(["much", "little"]);
});

test("a message says in which turn it was first sent, but where it was said more than once", () => {
  const { messages, texts } = pageOf(longSession(3));
  const turnsOf = (said: string): readonly (number | undefined)[] =>
    messages.filter(({ text }) => texts[text]?.text.includes(said)).map(({ turn }) => turn);
  expect(turnsOf("torn last lines")).toEqual([1]);
  expect(turnsOf("Let me look.")).toEqual([undefined]);
});

test("where nobody recorded what a call was sent, it is put together, and says what of it is not known", () => {
  const about = { session: "s", source: "api" } as const;
  const data = pageOf([
    { ...about, type: "turn.started", key: "t", name: "turn", input: "find it" },
    { ...about, type: "model.started", key: "m", parent: "t", name: "small" },
  ]);
  expect(data.turns[0]).toMatchObject({ call: 1 });
  expect(messagesOf(data, 1)).toEqual(["find it"]);
  expect(data.messages).toEqual([{ text: expect.any(Number), role: "user", span: 0, turn: 0 }]);
  expect(data.spans[1]?.context?.reconstructed).toContain("instructions");
});

test("where that would be too much work, only the calls that stand for the last turns are put together", () => {
  const data = pageOf(longSession(60, { requests: "not recorded" }), { work: 0 });
  const reconstructed = data.spans.flatMap(({ context, turn }) => (context ? [turn] : []));
  expect(reconstructed).toEqual(data.turns.map((_, turn) => turn).slice(-50));
});

test("beyond a number of spans the last turns stay whole, the first keep their figures, and that is counted", () => {
  const data = pageOf(longSession(30), { spans: 100 });
  expect(data.turns).toHaveLength(30);
  expect(data.spans.length).toBeLessThanOrEqual(100);
  expect(data.leftOut.turns).toBeGreaterThan(0);
  expect(data.spans[0]).toMatchObject({ kind: "turn", turn: data.leftOut.turns });
  expect(data.turns[0]).toMatchObject({ modelCalls: 3 });
});

test("a turn that alone is too long shows its last spans with what they hang on, and how many are missing", () => {
  const about = { session: "s", source: "api" } as const;
  const start = (key: string, parent: string): EventDraft => ({
    ...about,
    type: "tool.started",
    key,
    name: key,
    parent,
  });
  const many = Array.from({ length: 30 }, (_, index) => start(`x${index}`, "agent"));
  const data = pageOf(
    [
      { ...about, type: "turn.started", key: "t0", name: "turn" },
      { ...about, type: "turn.started", key: "t1", name: "turn" },
      { ...about, type: "work.started", kind: "agent", key: "agent", name: "agent", parent: "t1" },
      ...many,
    ],
    { spans: 10 },
  );
  expect(data.spans.map(({ key }) => key)).toEqual([
    "t1",
    "agent",
    ...Array.from({ length: 10 }, (_, index) => `x${index + 20}`),
  ]);
  expect(data.spans[2]).toMatchObject({ parent: 1, turn: 1 });
  expect(data.leftOut).toMatchObject({ turns: 1, spans: 21, ofLastTurn: 20, ofNoTurn: 0 });
});

test("what lies in no turn leaves room for the last turns", () => {
  const about = { session: "s", source: "api" } as const;
  const data = pageOf(
    [
      { ...about, type: "turn.started", key: "t", name: "turn" },
      ...Array.from({ length: 30 }, (_, index): EventDraft => {
        return { ...about, type: "tool.started", key: `x${index}`, name: "x", parent: "nobody" };
      }),
    ],
    { spans: 10 },
  );
  expect(data.spans.map(({ key }) => key)).toEqual(["t", "x25", "x26", "x27", "x28", "x29"]);
  expect(data.leftOut).toMatchObject({ turns: 0, spans: 25, ofNoTurn: 25 });
});

test("beyond a budget the longest texts lose their middles, and that is counted", () => {
  const whole = pageOf(longSession(30));
  const data = pageOf(longSession(30), { all: 20_000 });
  expect(sizeOf(data)).toBeLessThan(sizeOf(whole));
  expect(data.leftOut.texts).toBeGreaterThan(0);
  expect(data.texts.filter(({ cutFrom }) => cutFrom !== undefined)).toHaveLength(
    data.leftOut.texts,
  );
});
