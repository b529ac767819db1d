import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EventDraft } from "../vocabulary/event.ts";
import { interruptedSession, recordedSession, said, second } from "./hand-recorded.fixture.ts";
import { inputsOf } from "./inputs.ts";
import { sessionReport } from "./session-report.ts";
import { renderTree, type TreeOptions } from "./tree.ts";
import { columnsOf } from "../terminal/columns.ts";

function treeOf(drafts: readonly EventDraft[], options: TreeOptions = {}): readonly string[] {
  const { view, content } = recordedSession(drafts);
  return renderTree(sessionReport(view, content), options);
}

const textOf = (lines: readonly string[]): string => `\n${lines.join("\n")}\n`;

test("a session is a tree: turns, activations, calls with their tokens, marks, causes and errors", () => {
  expect(textOf(treeOf(interruptedSession, { times: false }))).toBe(`
session s · by hand · error
2 turns · 1 model call · 2 tool calls · 1 error · 150 in (33% cached) · 20 out · +7 in +3 out unattributed · $0.2500 reported
user ada · #night

turn 0               ok         150 in  33% cached  20 out  2 activations  +7 in +3 out unattributed
│  » delete it
├─ activation        suspended
│  ╰─ model small-1  ok         150 in  33% cached  20 out  #1  small-1-2026
│     · interrupt.raised  wait approval  payload sure?
╰─ activation        ok
   ╰─ tool delete    ok                                     ← #1
   « gone

turn 1               error                                  Overloaded: try later
   » and now?

in no turn that is known
╰─ tool search       open
`);
});

test("times show how long things took, inferred ones with a tilde, unknown ones as a question mark", () => {
  const lines = treeOf([
    { ...said, ...second(0), type: "turn.started", key: "t", name: "turn" },
    { ...said, ...second(1), type: "work.started", kind: "step", key: "a", parent: "t", name: "a" },
    { ...said, ...second(66), type: "work.ended", key: "a", outcome: { status: "ok" } },
    { ...said, type: "work.started", kind: "step", key: "b", parent: "t", name: "b" },
    { ...said, ...second(2.5), type: "tool.started", key: "c", parent: "b", name: "c" },
    { ...said, ...second(3), type: "work.ended", key: "b", outcome: { status: "ok" } },
  ]);
  expect(textOf(lines.slice(3))).toBe(`
turn 0        open       ?  2026-01-31T08:00:00.000Z
├─ step a     ok    1m 05s
╰─ step b     ok    ~500ms
   ╰─ tool c  open       ?
`);
});

test("a turn that joined a trace from outside says which, where times are shown", () => {
  const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  const turn = { type: "turn.started", name: "turn" } as const;
  const drafts: readonly EventDraft[] = [
    { ...said, ...second(0), ...turn, key: "joins", parent: { traceparent }, input: "where?" },
    { ...said, ...second(1), type: "turn.ended", key: "joins", outcome: { status: "ok" } },
    { ...said, ...second(2), ...turn, key: "own" },
    { ...said, ...second(3), type: "turn.ended", key: "own", outcome: { status: "ok" } },
  ];
  expect(textOf(treeOf(drafts).slice(3))).toBe(`
turn 0  ok  1.0s  2026-01-31T08:00:00.000Z
   trace 0af7651916cd43dd8448eb211c80319c
   \u00BB where?

turn 1  ok  1.0s  2026-01-31T08:00:02.000Z
`);
  expect(textOf(treeOf(drafts, { times: false }))).not.toContain("trace");
});

const causedBy = (trace: string, span: string) =>
  ({ kind: "cause", carrier: { traceparent: `00-${trace}-${span.repeat(16)}-01` } }) as const;

test("a turn that was set off from other traces says which, and of many how many", () => {
  const traces = ["1", "2", "3", "4", "5"].map((digit) => digit.repeat(32));
  const links = traces.flatMap((trace) => [causedBy(trace, "a"), causedBy(trace, "b")]);
  const drafts: readonly EventDraft[] = [
    { ...said, ...second(0), type: "turn.started", key: "set off", name: "turn", links },
  ];
  expect(textOf(treeOf(drafts).slice(3))).toBe(`
turn 0  open  ?  2026-01-31T08:00:00.000Z
   caused by trace 11111111111111111111111111111111
   caused by trace 22222222222222222222222222222222
   caused by trace 33333333333333333333333333333333
   and by 2 more
`);
  expect(textOf(treeOf(drafts, { times: false }))).not.toContain("trace");
});

const messageOn = (on: string, mark: string) => ({ ...said, on, mark, role: "send" }) as const;

test("a message says between whom it went, and does not name the agent again on whose line it stands", () => {
  const sent = { type: "message.sent", content: "find it" } as const;
  const received = { type: "message.received", content: "find it" } as const;
  const address = { from: "planner", to: "searcher" };
  const drafts: readonly EventDraft[] = [
    { ...said, type: "turn.started", key: "t", name: "turn" },
    { ...messageOn("t", "1"), ...sent, ...address },
    { ...messageOn("t", "2"), ...received, ...address },
    { ...messageOn("t", "3"), ...sent, from: "planner" },
    { ...messageOn("t", "4"), ...received, from: "planner" },
    { ...messageOn("t", "5"), ...sent },
    {
      ...said,
      type: "work.started",
      kind: "agent",
      key: "a",
      name: "planner",
      agent: "planner",
      parent: "t",
    },
    { ...messageOn("a", "6"), ...sent, ...address },
    { ...messageOn("a", "7"), ...sent, from: "planner/7", to: "planner" },
    { ...messageOn("a", "8"), ...received, from: "user", to: "planner" },
    { ...messageOn("a", "9"), ...received, from: "user", to: "plans\u001B[2J" },
    {
      ...said,
      type: "message.unhandled",
      on: "a",
      mark: "10",
      ...address,
      message: "m",
      fate: "dropped",
    },
  ];
  expect(textOf(treeOf(drafts, { times: false }).slice(3))).toBe(`
turn 0            open
│  · message.sent planner → searcher  send  find it
│  · message.received planner → searcher  send  find it
│  · message.sent planner →  send  find it
│  · message.received ← planner  send  find it
│  · message.sent  send  find it
╰─ agent planner  open
      · message.sent → searcher  send  find it
      · message.sent → planner  send  find it
      · message.received ← user  send  find it
      · message.received user → plans [2J  send  find it
      · message.unhandled → searcher  dropped  message m
`);
});

test("what a note warns of has a line of its own; the others are counted", () => {
  const noted = { ...said, type: "native.noted", on: "t" } as const;
  const drafts: readonly EventDraft[] = [
    { ...said, type: "turn.started", key: "t", name: "turn" },
    { ...noted, mark: "1", name: "ping" },
    { ...noted, mark: "2", name: "carrier.unreadable", warns: true, native: "poison" },
  ];
  expect(textOf(treeOf(drafts, { times: false }).slice(3))).toBe(`
turn 0  open  1 noted
   ! carrier.unreadable
`);
});

test("a tool says what it was asked, where that is told, and a decision between what it chose", () => {
  const tool = { ...said, type: "tool.started", name: "transfer", parent: "t" } as const;
  const { view, content } = recordedSession([
    { ...said, type: "turn.started", key: "t", name: "turn" },
    { ...tool, key: "a", input: { amount: 50, to: "Grace" } },
    { ...tool, key: "b", input: { path: "/very/long".repeat(9) } },
    { ...tool, key: "c", input: {} },
    { ...said, type: "decision.made", on: "c", mark: "m", kind: "route", choice: ["tools"] },
  ]);
  const asked = inputsOf(view, content);
  const lines = renderTree(sessionReport(view, content), { times: false, asked });
  expect(textOf(lines.slice(3))).toBe(`
turn 0            open
├─ tool transfer  open  amount 50, to Grace
├─ tool transfer  open  /very/long/very/long/very/long/very/long/very/long/very/lon…
╰─ tool transfer  open
      · decision.made  route → tools
`);
});

test("without times, a tree says the same whenever its work was done", () => {
  const later = interruptedSession.map((draft) =>
    draft.at ? { ...draft, at: { ms: draft.at.ms * 1.01 } } : draft,
  );
  expect(treeOf(later, { times: false })).toEqual(treeOf(interruptedSession, { times: false }));
});

describe("whatever is recorded", () => {
  const text = fc.string({ unit: "binary", minLength: 1, maxLength: 30 });
  const named = fc.tuple(text, text).map(([name, input]): readonly EventDraft[] => [
    { ...said, type: "turn.started", key: "t", name, input },
    { ...said, type: "tool.started", key: "c", parent: "t", name: input },
    { ...said, type: "log.written", on: "c", mark: "1", level: "info", content: { name } },
  ]);

  test("no line of the tree can move the cursor or break", () => {
    fc.assert(
      fc.property(named, (drafts) => {
        for (const line of treeOf(drafts)) expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  test("no line is wider than the terminal, in colour or not", () => {
    fc.assert(
      fc.property(named, fc.integer({ min: 1, max: 60 }), (drafts, width) => {
        for (const line of treeOf(drafts, { width }))
          expect(columnsOf(line)).toBeLessThanOrEqual(width);
        const plain = treeOf(drafts, { width, color: true }).map(withoutColor);
        expect(plain).toEqual(treeOf(drafts, { width }));
      }),
    );
  });
});

const withoutColor = (line: string): string =>
  line
    .split("\u001B[")
    .map((part, index) => (index === 0 ? part : part.slice(part.indexOf("m") + 1)))
    .join("");

test("an error is red", () => {
  const lines = treeOf(interruptedSession, { color: true });
  expect(lines.find((line) => line.includes("Overloaded"))).toContain(
    "\u001B[31mOverloaded: try later\u001B[39m",
  );
});

const step = (key: string, name: string): EventDraft => ({
  ...said,
  type: "work.started",
  kind: "step",
  key,
  name,
  parent: "t",
});

test("wide characters keep the columns in line", () => {
  const lines = treeOf(
    [
      { ...said, type: "turn.started", key: "t", name: "turn" },
      step("a", "検索"),
      step("b", "search"),
    ],
    { times: false },
  );
  expect(textOf(lines.slice(3))).toBe(`
turn 0          open
├─ step 検索    open
╰─ step search  open
`);
});
