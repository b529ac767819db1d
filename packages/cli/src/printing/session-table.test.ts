import type { ListedSession } from "../retain/ledger-sessions.ts";
import { expect, test } from "vitest";
import { sessionTable } from "./session-table.ts";

const nothing = { input: null, cacheRead: null, cacheWrite: null, output: null, reasoning: null };

const sessionOf = (id: string): ListedSession =>
  ({
    id,
    inferred: false,
    framework: "langgraph",
    userId: "ada",
    status: "ok",
    startedAt: "2026-11-21T12:00:00.000Z",
    endedAt: null,
    turns: 1,
    modelCalls: 2,
    toolCalls: 3,
    errors: 0,
    usage: nothing,
    unattributed: null,
    usageComplete: true,
    cost: { usd: 0.25, reportedUsd: null, unpriced: 0, unpricedRests: 0 },
    fidelity: "hot",
  }) as unknown as ListedSession;

const ids = [
  "8faaa935-c878-496b-aa48-39f071d04060",
  "8faaa935-c0ff-496b-aa48-39f071d04061",
  "chat",
];
const table = (width: number): readonly string[] => sessionTable(ids.map(sessionOf), width);

test("where there is room, ids are whole", () => {
  for (const [row, line] of table(Infinity).entries()) {
    expect(line.startsWith(`${ids[row]} `)).toBe(true);
    expect(line).toContain("$0.25");
  }
});

test("where there is less, ids are cut to what tells one from the others", () => {
  expect(table(125).map((line) => line.split(" ")[0])).toEqual([
    "8faaa935-c8",
    "8faaa935-c0",
    "chat",
  ]);
  expect(table(125).every((line) => line.endsWith("ada"))).toBe(true);
});

test("no line is wider than the terminal, and what is cut says so", () => {
  for (const line of table(60)) {
    expect(line.length).toBeLessThanOrEqual(60);
    expect(line).toMatch(/…$/);
  }
});
