import { rmSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { imported } from "./imported.ts";
import type { Imported } from "./imported.ts";
import { allKnown, completedUsage, servedUsage, sum } from "./usage.ts";
import { filesWith, plantedKeys, recordRun } from "./recorded-run.ts";
import type { RecordedRun } from "./recorded-run.ts";
import { scripts } from "./scripts.ts";
import type { Program } from "./scripts.ts";

/** Each program runs once, and its lines are imported once: the tests look at the same run. */
const runs = new Map<Program, Promise<RecordedRun>>();
const imports = new Map<Program, Promise<Imported>>();

function runOf(program: Program): Promise<RecordedRun> {
  const run = runs.get(program) ?? recordRun(program, scripts[program]);
  runs.set(program, run);
  return run;
}

async function importOf(program: Program): Promise<Imported> {
  const { folder, file } = await runOf(program);
  const sessions = imports.get(program) ?? imported(folder, file);
  imports.set(program, sessions);
  return sessions;
}

afterAll(async () => {
  for (const { folder } of await Promise.all(runs.values()))
    rmSync(folder, { recursive: true, force: true });
});

const programs = Object.keys(scripts) as readonly Program[];
const finished = programs.filter((program) => program !== "interrupted");

describe.each(programs)("%s: the lines", (program) => {
  test("are numbered without a gap, in the order of emission, from opening to closing", async () => {
    const { lines, events } = await runOf(program);
    expect(lines.map(({ n }) => n)).toEqual(lines.map((_, index) => index + 1));
    expect(lines.at(0)?.kind).toBe("opened");
    expect(lines.at(-1)?.kind).toBe("closed");
    const seen = new Set<unknown>([null]);
    for (const { event_id, parent_event_id, started_event_id } of events) {
      expect(seen).toContain(parent_event_id);
      expect(seen).toContain(started_event_id);
      seen.add(event_id);
    }
  });

  test("tell each event once, and what each crew is made of before it starts", async () => {
    const { lines, events } = await runOf(program);
    expect(new Set(events.map(({ event_id }) => event_id)).size).toBe(events.length);
    const kickoffs = lines.filter(({ event }) => event?.type === "crew_kickoff_started");
    const structures = kickoffs.map(({ n }) => lines[n - 2]);
    expect(structures.map((line) => line?.kind)).toEqual(kickoffs.map(() => "crew"));
    expect(kickoffs.length).toBeGreaterThan(0);
  });

  test("hold the tokens that the server answered with", async () => {
    const { events, exchanges } = await runOf(program);
    expect(completedUsage(events)).toEqual(servedUsage(exchanges));
  });

  test("leave out no field that nobody has decided on", async () => {
    const { lines } = await runOf(program);
    expect(lines.filter((line) => "left_out" in line || "cut" in line)).toEqual([]);
  });
});

describe.each(programs)("%s: imported", (program) => {
  test("has the tree of what happened", async () => {
    const { sessions } = await importOf(program);
    await expect(sessions.map(({ outline }) => outline).join("\n")).toMatchFileSnapshot(
      `trees/${program}.txt`,
    );
  });

  test("has the tokens that the server answered with", async () => {
    const { exchanges } = await runOf(program);
    const { sessions } = await importOf(program);
    const known = sessions.map(({ usage }) => allKnown(usage));
    expect(sum(known)).toEqual(servedUsage(exchanges));
  });

  test("adds nothing the second time", async () => {
    const { folder, file } = await runOf(program);
    await importOf(program);
    expect((await imported(folder, file)).events).toBe(0);
  });

  test("leaves the planted keys in no byte of any file", async () => {
    const { folder } = await runOf(program);
    await importOf(program);
    expect(filesWith(["spoor-crewai"], folder).length).toBeGreaterThan(0);
    expect(filesWith(Object.values(plantedKeys), folder)).toEqual([]);
  });
});

test.each(finished)("%s: the crew answers as it would without a listener", async (program) => {
  const answers = {
    sequential: `the fee is 12.5, and ${plantedKeys.model} is a key`,
    hierarchical: "the fees are 12.5",
    failing_tool: "nobody knows",
    guardrail: "short",
    flow: `published: the fee is 12.5, and ${plantedKeys.model} is a key`,
    two_at_once: ["left", "right"],
    interrupted: "SIGINT",
  } as const;
  expect((await runOf(program)).answer).toEqual(answers[program]);
});

test("a run that is interrupted ends with the signal, and its lines with what had happened by then", async () => {
  const { answer, events } = await runOf("interrupted");
  expect(answer).toBe("SIGINT");
  expect(
    events.filter(({ type }) => /^(task|crew_kickoff)_(completed|failed)$/.test(type)),
  ).toEqual([]);
});

test("two crews at once are two runs, each with its own events", async () => {
  const { lines } = await runOf("two_at_once");
  const runIds = new Set(lines.flatMap(({ run }) => run ?? []));
  expect(runIds.size).toBe(2);
  for (const id of runIds) {
    const roles = lines
      .filter(({ run }) => run === id)
      .flatMap(({ event }) => event?.["agent_role"] ?? []);
    expect(new Set(roles).size).toBe(1);
  }
});

test("a crew in a flow has the run of the flow", async () => {
  const { lines } = await runOf("flow");
  expect(new Set(lines.flatMap(({ run }) => run ?? [])).size).toBe(1);
});
