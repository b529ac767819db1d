import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createObserver } from "@spoor/core";
import { createCrewRecorder } from "@spoor/crew";
import { expect, onTestFinished, test } from "vitest";
import type { Crew } from "./crew.ts";
import { ferryDesk } from "./ferry-desk.ts";
import { runCrew } from "./run-crew.ts";
import { treeOf } from "./tree-of.ts";

const question = "May the island ferry go electric?";

/** The tree of a run, turn by turn. */
async function recorded(crew: Crew): Promise<readonly string[]> {
  const dir = mkdtempSync(join(tmpdir(), "spoor-crew-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  let now = 0;
  const clock = (): number => (now += 1);
  const observer = createObserver({ journal: { dir }, clock, flushOnExit: false });
  const crews = createCrewRecorder(observer);
  await runCrew(crews, crew, { session: "ferry", question }).catch(() => "it failed");
  await observer.close();
  const lines = treeOf(dir, "ferry", { times: false });
  return lines.slice(lines.findIndex((line) => line.startsWith("turn")));
}

/** A line without its guides and figures. */
const bare = (line: string): string => line.replace(/^[\s│├╰─]+/, "").replace(/\s{2,}.*$/, "");

test("each task shows what was expected of it and what it gave", async () => {
  const lines = (await recorded(ferryDesk)).map(bare);
  const shown = (task: string): readonly string[] => {
    const place = lines.indexOf(`task ${task}`);
    return lines.slice(place + 1, place + 3);
  };
  expect(shown("ferry facts")).toEqual([
    "≟ distance, crossings and passengers, each with its source",
    "« 12 km, 14 crossings a day, 900 passengers (harbour office, yearbook)",
  ]);
  expect(shown("battery costs")).toEqual(["≟ one sum in EUR", "« 864000 EUR"]);
  expect(shown("article")[0]).toBe("≟ two sentences without jargon");
});

test("the guardrail refuses the first attempt, and the second is made with what it said", async () => {
  const lines = await recorded(ferryDesk);
  const place = lines.findIndex((line) => line.includes("task battery"));
  const told = lines.slice(0, place).filter((line) => /editor|guardrail|score/.test(line));
  expect(told.map((line) => line.replace(/^[\s│├╰─]+/, "").replace(/ {2,}/g, "  "))).toEqual([
    "agent editor  ok",
    "guardrail names its sources  ok",
    "· score.given  name names its sources  value false  why each figure needs its source, in brackets",
    "agent editor  ok  attempt 2",
    "guardrail names its sources  ok  attempt 2",
    "· score.given  name names its sources  value true",
  ]);
});

test("the editor hands each task to whoever does it best, and they work inside of the editor's work", async () => {
  const lines = await recorded(ferryDesk);
  const handoffs = lines.filter((line) => line.includes("handoff.made"));
  expect(handoffs.map((line) => line.trim().split(/\s+/).at(-1))).toEqual([
    "researcher",
    "researcher",
    "analyst",
    "writer",
  ]);
  const depth = (text: string): number =>
    lines.find((line) => line.includes(text))?.indexOf("agent") ?? -1;
  expect(depth("agent researcher")).toBeGreaterThan(depth("agent editor"));
});

test("a task that is not needed was never begun, and it says why", async () => {
  const lines = await recorded(ferryDesk);
  expect(lines.some((line) => line.includes("task summary"))).toBe(false);
  expect(lines.filter((line) => line.includes("decision.made")).map((line) => line.trim())).toEqual(
    ["· decision.made  skip → summary  why it is short enough as it is"],
  );
});

test("a task that never satisfies its guardrail fails after three attempts, and the crew with it", async () => {
  const guardrail = { name: "never", check: () => ({ passed: false, feedback: "again" }) };
  const task = { name: "facts", description: "the battery?", expected: "much", guardrail };
  const lines = await recorded({ ...ferryDesk, stages: [[task]] });
  expect(lines.filter((line) => line.includes("value false"))).toHaveLength(3);
  expect(lines.filter((line) => line.includes("not satisfied"))).toHaveLength(1);
  expect(lines[0]).toContain("error");
});
