import { rmSync } from "node:fs";
import process from "node:process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { imported } from "./imported.ts";
import { filesWith, plantedKeys, recordRun } from "./recorded-run.ts";
import type { RecordedRun } from "./recorded-run.ts";
import { scripts } from "./scripts.ts";

// Lines of CrewAI without what the newer ones tell: run ids, usage, in the oldest no ids at all.

let run: RecordedRun;

beforeAll(async () => {
  run = await recordRun("sequential", scripts.sequential);
});

afterAll(() => rmSync(run.folder, { recursive: true, force: true }));

test("the lines say which CrewAI they are of, and are numbered without a gap", () => {
  const versions = new Set(run.lines.map(({ crewai }) => crewai));
  expect([...versions]).toEqual([process.env["SPOOR_INTEROP_CREWAI_VERSION"]]);
  expect(run.lines.map(({ n }) => n)).toEqual(run.lines.map((_, index) => index + 1));
});

test("each event is told once, also where the bus matches subclasses", () => {
  const told = run.events.map((event) => JSON.stringify(event));
  expect(new Set(told).size).toBe(told.length);
  expect(run.events.filter(({ type }) => type === "task_completed").length).toBe(2);
  expect(run.events.filter(({ type }) => type === "tool_usage_finished").length).toBe(1);
  const calls = run.events.filter(({ type }) => type === "llm_call_completed");
  expect(calls.length).toBe(run.exchanges.length);
});

test("imported, they have the tree of what happened, and no usage that nobody has told", async () => {
  const { sessions } = await imported(run.folder, run.file);
  const name = `trees/sequential-${process.env["SPOOR_INTEROP_CREWAI_VERSION"]}.txt`;
  await expect(sessions.map(({ outline }) => outline).join("\n")).toMatchFileSnapshot(name);
  const unknown = { input: null, cacheRead: null, output: null, reasoning: null };
  expect(sessions.map(({ usage }) => usage)).toEqual(sessions.map(() => unknown));
});

test("the planted keys are in no byte of any file", () => {
  expect(filesWith(Object.values(plantedKeys), run.folder)).toEqual([]);
});
