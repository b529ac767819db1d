import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EventDraft } from "../vocabulary/event.ts";
import { interruptedSession, recordedSession, said, second } from "./hand-recorded.fixture.ts";
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
│     · interrupt.raised  wait approval  payload {"ask":"sure?"}
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
