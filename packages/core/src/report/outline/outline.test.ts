import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { columnsOf } from "../../terminal/columns.ts";
import { everyCall } from "../prices.fixture.ts";
import { type Story, story } from "../drafts.fixture.ts";
import { recordedSession, said, second } from "../hand-recorded.fixture.ts";
import { type SessionOutline, sessionOutline, type TurnOutline } from "./outline.ts";
import { renderOutline } from "./render-outline.ts";
import { greatest, sparkline } from "./sparkline.ts";
import { stretchesIn } from "./stretch.ts";

function outlineOf({ drafts }: Story): SessionOutline {
  const { view, content } = recordedSession(drafts);
  return sessionOutline(view, content, { cost: everyCall(0.25) });
}

/** As many turns as there are sizes: each calls a tool and then its model, which is sent so many tokens. */
function session(
  sizes: readonly number[],
  alter: (told: Story, turn: number) => void = () => {},
): Story {
  const told = story();
  for (const [turn, size] of sizes.entries()) {
    const key = `t${turn}`;
    told.turn(key, `do part ${turn}`);
    told.call(`m${turn}`, key, "I look", { input: size - 1 });
    alter(told, turn);
    told.tool(`toolu_${turn}`, key, `m${turn}`, { name: "Read", input: {}, output: "A" });
    told.call(`n${turn}`, key, "Done", { input: size });
    told.endTurn(key);
  }
  return told;
}

const textOf = (lines: readonly string[]): string => `\n${lines.join("\n")}\n`;

test("a short session is a line a turn: calls, tokens, cost, context, tools and how it begins", () => {
  const outline = outlineOf(session([1_000, 2_000]));
  expect(textOf(renderOutline(outline, { times: false }).slice(3))).toBe(`
models   small-1 ×4
tools    Read ×2

turn 0  ok  2 calls  2.0k in  2 out  $0.5000  ctx 1.0k  Read  » do part 0
turn 1  ok  2 calls  4.0k in  2 out  $0.5000  ctx 2.0k  Read  » do part 1

one of them in full: spoor show s --turn N
`);
});

test("a compaction, failures and what is far beyond the rest are remarked on", () => {
  const sizes = [100, 200, 300, 400, 500, 60, 80, 9_000];
  const told = session(sizes, ({ compaction, tool }, turn) => {
    if (turn === 5) compaction("c", "t5", "a summary");
    if (turn === 2) tool("bad", "t2", "m2", { name: "Bash", input: {}, error: "no such file" });
  });
  const { turns } = outlineOf(told);
  expect(turns.map(({ remarks }) => remarks)).toEqual([
    [],
    [],
    ["errors"],
    [],
    [],
    ["compacted"],
    [],
    ["fullest"],
  ]);
  expect(turns[2]).toMatchObject({ errors: 1, errorTypes: [{ name: "ENOENT", count: 1 }] });
  expect(turns[5]?.context).toEqual({
    tokens: 60,
    tokensBefore: 500,
    messages: null,
    change: "compacted",
  });
});

test("what costs or lasts far more than the other turns is remarked on", () => {
  const told = session([10, 10, 10, 10, 10, 10], ({ call, drafts }, turn) => {
    if (turn === 3) for (let more = 0; more < 9; more += 1) call(`more${more}`, "t3", "again");
    expect(drafts.length).toBeGreaterThan(0);
  });
  const { turns } = outlineOf(told);
  expect(turns[3]?.remarks).toContain("dear");
  expect(turns[2]?.remarks).toEqual([]);
});

test("a turn that failed, one that is open and one that found something say so", () => {
  const told = session([10, 10]);
  const { view, content } = recordedSession([
    ...told.drafts,
    {
      ...said,
      type: "finding.raised",
      on: "t0",
      mark: "f",
      code: "loop",
      severity: "warning",
      evidence: [],
    },
    { ...said, ...second(90), type: "turn.started", key: "t2", name: "turn" },
    {
      ...said,
      ...second(91),
      type: "turn.ended",
      key: "t2",
      outcome: { status: "error", errorType: "Overloaded" },
    },
    { ...said, ...second(92), type: "turn.started", key: "t3", name: "turn" },
  ]);
  const { turns } = sessionOutline(view, content);
  expect(turns.map(({ remarks }) => remarks)).toEqual([
    ["finding"],
    [],
    ["failed", "errors"],
    ["open"],
  ]);
  expect(turns[0]?.findings).toEqual(["loop"]);
});

describe("a long session", () => {
  const remarks = fc.subarray<TurnOutline["remarks"][number]>([
    "failed",
    "errors",
    "compacted",
    "long",
  ]);
  const [plain] = outlineOf(session([10])).turns;
  const turns = fc
    .array(remarks, { maxLength: 120 })
    .map((all) =>
      all.flatMap((remarks, index): readonly TurnOutline[] =>
        plain ? [{ ...plain, index, remarks, errors: remarks.includes("errors") ? 2 : 0 }] : [],
      ),
    );

  test("fits into its lines, and every turn is in one stretch, in order", () => {
    fc.assert(
      fc.property(turns, fc.integer({ min: 3, max: 60 }), (some, lines) => {
        const stretches = stretchesIn(some, lines);
        expect(stretches.length).toBeLessThanOrEqual(lines);
        expect(stretches.flat()).toEqual(some);
        expect(stretches.every((stretch) => stretch.length > 0)).toBe(true);
      }),
    );
  });

  test("names the one turn that stands out", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 199 }), (odd) => {
        const some = Array.from({ length: 200 }, (_, index) =>
          plain ? { ...plain, index, remarks: index === odd ? (["failed"] as const) : [] } : null,
        ).filter((turn) => turn !== null);
        const alone = stretchesIn(some, 20).filter(({ length }) => length === 1);
        expect(alone.map(([turn]) => turn?.index)).toContain(odd);
      }),
    );
  });

  test("is on one screen, with curves over all of it, and no line is wider than the terminal", () => {
    const sizes = Array.from({ length: 300 }, (_, turn) => 1_000 + (turn % 50) * 100);
    const lines = renderOutline(outlineOf(session(sizes)), { width: 80 });
    expect(lines.length).toBeLessThan(50);
    expect(lines.some((line) => line.startsWith("context  "))).toBe(true);
    for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(80);
  });
});

test("a curve has a column for each value or for several, a gap for nothing and a dot for what is unknown", () => {
  expect(sparkline([0, 1, 4, 8, null], 10, greatest)).toBe(" ▁▄█·");
  expect(sparkline([1, 8, 1, 1], 2, greatest)).toBe("█▁");
  expect(sparkline([], 5, greatest)).toBe("");
});

test("a duration that was reasoned has a tilde, as in the tree", () => {
  const { view, content } = recordedSession([
    { ...said, type: "turn.started", key: "t0", name: "turn" },
    { ...said, ...second(1), type: "tool.started", key: "x", name: "Read", parent: "t0" },
    { ...said, ...second(3), type: "turn.ended", key: "t0", outcome: { status: "ok" } },
  ]);
  const outline = sessionOutline(view, content);
  expect(outline.turns[0]?.inferred).toEqual(["startedAt"]);
  expect(renderOutline(outline).find((line) => line.startsWith("turn 0"))).toMatch(/ ~2\.0s /);
});
