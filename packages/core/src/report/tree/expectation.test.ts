import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { EventDraft } from "../../vocabulary/event.ts";
import { recordedSession, said, second } from "../hand-recorded.fixture.ts";
import { renderTurn } from "../in-full/render-turn.ts";
import { turnInFull } from "../in-full/turn-in-full.ts";
import type { SessionReport } from "../report.ts";
import { sessionReport } from "../session-report.ts";
import { renderTree } from "../tree.ts";

const task = { ...said, type: "work.started", kind: "task", parent: "crew" } as const;
const ended = { ...said, type: "work.ended", outcome: { status: "ok" } } as const;

const drafts: readonly EventDraft[] = [
  { ...said, ...second(0), type: "turn.started", key: "crew", name: "crew" },
  { ...task, ...second(1), key: "1", name: "research", expected: "five findings" },
  { ...ended, ...second(2), key: "1", output: "three findings" },
  { ...task, ...second(3), key: "2", name: "write", expected: { words: 200 } },
  { ...task, ...second(4), key: "3", name: "proofread" },
  { ...ended, ...second(5), key: "3", output: "no mistakes" },
];

function reported(told: readonly EventDraft[]): SessionReport {
  const { view, content } = recordedSession(told);
  return sessionReport(view, content);
}

const expectations = (told: readonly EventDraft[]): readonly unknown[] =>
  reported(told)
    .turns.flatMap(({ spans }) => spans)
    .filter(({ kind }) => kind === "task")
    .map(({ name, expected, actual }) => [name, expected, actual]);

test("a task that something was expected of says what, and what it gave; of others neither is told", () => {
  expect(expectations(drafts)).toEqual([
    ["research", "five findings", "three findings"],
    ["write", { words: 200 }, null],
    ["proofread", null, null],
  ]);
});

test("what was expected may be told late, and is not overwritten", () => {
  const late = { ...said, type: "span.amended", on: "3" } as const;
  const amended: readonly EventDraft[] = [
    { ...late, mark: "1", expected: "no mistakes left" },
    { ...late, mark: "2", expected: "something else" },
  ];
  expect(expectations([...drafts, ...amended]).at(-1)).toEqual([
    "proofread",
    "no mistakes left",
    "no mistakes",
  ]);
});

test("the tree shows both, one below the other", () => {
  const lines = renderTree(reported(drafts), { times: false });
  expect(lines.slice(lines.findIndex((line) => line.startsWith("turn")))).toEqual([
    "turn 0 crew        open",
    "├─ task research   ok",
    "│     ≟ five findings",
    "│     « three findings",
    "├─ task write      open",
    "│     ≟ words 200",
    "╰─ task proofread  ok",
  ]);
});

test("a turn in full shows what was expected once, before what came out", () => {
  const { view, content } = recordedSession(drafts);
  const turn = turnInFull(view, content, 0);
  const lines = turn ? renderTurn(turn, { times: false }) : [];
  expect(lines.slice(1, 4)).toEqual([
    "├─ task research   ok",
    "│     ≟ five findings",
    "│     « three findings",
  ]);
  expect(lines.filter((line) => line.includes("five findings"))).toHaveLength(1);
});

test("nothing that was expected or given can move the cursor or break a line", () => {
  const text = fc.string({ unit: "binary", minLength: 1, maxLength: 80 });
  fc.assert(
    fc.property(text, text, (expected, output) => {
      const lines = renderTree(
        reported([
          { ...said, ...second(0), type: "turn.started", key: "crew", name: "crew" },
          { ...task, ...second(1), key: "1", name: "task", expected },
          { ...ended, ...second(2), key: "1", output },
        ]),
      );
      expect(lines.filter((line) => /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u.test(line))).toEqual(
        [],
      );
    }),
  );
});
