import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createObserver } from "@spoor/core";
import { describe, expect, onTestFinished, test } from "vitest";
import { type CrewRecording, crewRecording } from "../recorder/crew-recording.fixture.ts";
import { observeTeam } from "./observe-team.ts";
import {
  plantedKeys,
  type RecordedLine,
  recordedRun,
  ReplayedTeam,
} from "./replayed-team.fixture.ts";

const session = "conversation";

function replayed(run: readonly RecordedLine[], tellTimes?: number): CrewRecording {
  const recording = crewRecording();
  const team = new ReplayedTeam();
  const observed = observeTeam(team, recording.observer, { session });
  team.replay(run, tellTimes === undefined ? {} : { tellTimes });
  expect(observed.failures).toBe(0);
  return recording;
}

/** Waits have ids of tasks and times in their names. */
const treeOf = async (name: string): Promise<string> =>
  `\n${(await replayed(recordedRun(name)).tree()).join("\n")}\n`.replaceAll(
    /(validation|resume) [-\da-f ]*\d{13}/g,
    "$1 …",
  );

test("tasks one after the other, what was expected beside what was given, and the tokens of each call", async () => {
  expect(await treeOf("sequential")).toMatchInlineSnapshot(`
    "
    turn 0 zoo                 ok  600 in  60 out
    │  » owl
    ╰─ workflow zoo            ok
       ├─ task weigh           ok
       │  │  ≟ a weight
       │  │  « 3 kg
       │  ╰─ agent Ada         ok
       │     ├─ model small-1  ok  100 in  10 out
       │     ├─ tool scale     ok
       │     ╰─ model small-1  ok  200 in  20 out
       ╰─ task write           ok
          │  ≟ one sentence
          │  « the owl weighs 3 kg
          ╰─ agent Ada         ok
             ╰─ model small-1  ok  300 in  30 out
       « the owl weighs 3 kg
    "
  `);
});

test("tools that fail, that are not there, and answers that nobody can read", async () => {
  expect(await treeOf("tools")).toMatchInlineSnapshot(`
    "
    turn 0 zoo                     ok     1.5k in  150 out
    │  » owl
    ╰─ workflow zoo                ok
       ╰─ task weigh               ok
          │  ≟ a weight
          │  « 3 kg
          ╰─ agent Ada             ok
             ├─ model small-1      ok      100 in   10 out
             ├─ tool broken_scale  error                    RangeError: out of range
             ├─ model small-1      ok      200 in   20 out
             ├─ tool feather       error                    Error: there is no such tool
             ├─ model small-1      ok      300 in   30 out
             ├─ model small-1      ok      400 in   40 out
             ├─ tool scale         ok
             ╰─ model small-1      ok      500 in   50 out
       « 3 kg
    "
  `);
});

test("tasks at once keep their calls apart, and a task is linked to those that it depends on", async () => {
  expect(await treeOf("dependency")).toMatchInlineSnapshot(`
    "
    turn 0 zoo                 ok  600 in  60 out
    │  » owl
    ╰─ workflow zoo            ok
       ├─ task weigh owl       ok                  #1
       │  │  ≟ a weight
       │  │  « 3 kg
       │  ╰─ agent Ada         ok
       │     ╰─ model small-1  ok  100 in  10 out
       ├─ task weigh wren      ok                  #2
       │  │  ≟ a weight
       │  │  « 10 g
       │  ╰─ agent Bob         ok
       │     ╰─ model small-1  ok  200 in  20 out
       ╰─ task write           ok                  ← #1 #2
          │  ≟ one sentence
          │  « both are light
          ╰─ agent Ada         ok
             ╰─ model small-1  ok  300 in  30 out
       « both are light
    "
  `);
  const [report] = await replayed(recordedRun("dependency")).reports();
  const spans = report?.turns[0]?.spans.filter(({ kind }) => kind === "task") ?? [];
  const [owl, wren, sentence] = spans;
  expect(sentence?.links.map(({ spanId }) => spanId)).toEqual([owl?.spanId, wren?.spanId]);
});

const shapes = async (recording: CrewRecording): Promise<unknown> =>
  (await recording.reports())[0]?.turns[0]?.spans.map(({ kind, status, usage }) => [
    kind,
    status,
    usage,
  ]);

test("also where one agent has both", async () => {
  const oneAgent = JSON.parse(
    JSON.stringify(recordedRun("dependency")).replaceAll('"Bob"', '"Ada"'),
  ) as RecordedLine[];
  expect(await shapes(replayed(oneAgent))).toEqual(
    await shapes(replayed(recordedRun("dependency"))),
  );
});

test("an agent that finds no answer in as many iterations as it has: the error is told once", async () => {
  expect(await treeOf("blocked")).toMatchInlineSnapshot(`
    "
    turn 0 zoo                 error  300 in  30 out
    │  » owl
    ╰─ workflow zoo            error
       ╰─ task weigh           error
          │  ≟ a weight
          ╰─ agent Ada         error                  LLMInvocationError: Agent Ada reached the maximum number of iterations: [2] without finding a final answer.
             ├─ model small-1  ok     100 in  10 out
             ╰─ model small-1  ok     200 in  20 out
                · limit.reached  limit iterations  value 2
    "
  `);
});

test("a model that refuses: what it said, and not what the library wraps it in", async () => {
  expect(await treeOf("error")).toMatchInlineSnapshot(`
    "
    turn 0 zoo                 error  ? in  ? out
    │  » owl
    ╰─ workflow zoo            error
       ╰─ task weigh           error
          │  ≟ a weight
          ╰─ agent Ada         error
             ╰─ model small-1  error  ? in  ? out  Error: 400 the model is unwell
    "
  `);
});

test("a person sends a task back, which is another attempt, and lets it through, which is not", async () => {
  expect(await treeOf("validation")).toMatchInlineSnapshot(`
    "
    turn 0 zoo                    ok         300 in  30 out  3 activations
    │  » owl
    ├─ activation zoo             suspended
    │  ╰─ workflow zoo            suspended
    │     ╰─ task weigh           suspended
    │        │  ≟ a weight
    │        ╰─ agent Ada         ok
    │           ╰─ model small-1  ok         100 in  10 out
    │           · interrupt.raised  wait validation …  payload heavy
    ├─ activation zoo             suspended
    │  ╰─ workflow zoo            suspended
    │     │  · interrupt.resolved  wait validation …  answer in kilograms
    │     ╰─ task weigh           suspended                  attempt 2
    │        │  ≟ a weight
    │        ╰─ agent Ada         ok
    │           ╰─ model small-1  ok         200 in  20 out
    │           · interrupt.raised  wait validation …  payload 3 kg
    ╰─ activation zoo             ok
       ╰─ workflow zoo            ok
          │  · interrupt.resolved  wait validation …  answer validated
          ╰─ task weigh           ok                         attempt 2
                ≟ a weight
                « 3 kg
       « 3 kg
    "
  `);
});

test("what is paused goes on as the same attempt, and the call that was cut off never answers", async () => {
  expect(await treeOf("pause")).toMatchInlineSnapshot(`
    "
    turn 0 zoo                    ok         ≥100 in  ≥10 out  2 activations
    │  » owl
    ├─ activation zoo             suspended
    │  ╰─ workflow zoo            suspended
    │     ╰─ task weigh           suspended
    │        │  ≟ a weight
    │        ╰─ agent Ada         suspended
    │           ╰─ model small-1  cancelled     ? in    ? out
    │           · interrupt.raised  wait resume …  payload paused
    ╰─ activation zoo             ok
       ╰─ workflow zoo            ok
          │  · interrupt.resolved  wait resume …  answer resumed
          ╰─ task weigh           ok
             │  ≟ a weight
             │  « 3 kg
             ╰─ agent Ada         ok
                ╰─ model small-1  ok          100 in   10 out
       « 3 kg
    "
  `);
});

test("a call that was cut off and answers late does not answer for the one that is going on", async () => {
  expect(await treeOf("pause-late")).toMatchInlineSnapshot(`
    "
    turn 0 zoo             ok         ? in  ? out  2 activations
    │  » owl
    ├─ activation zoo      suspended
    │  ╰─ workflow zoo     suspended
    │     ╰─ task weigh    suspended
    │        │  ≟ a weight
    │        ╰─ agent Ada  suspended
    │           ╰─ model   cancelled  ? in  ? out
    │           · interrupt.raised  wait resume …  payload paused
    ╰─ activation zoo      ok
       ╰─ workflow zoo     ok
          │  · interrupt.resolved  wait resume …  answer resumed
          ╰─ task weigh    ok
             │  ≟ a weight
             │  « 3 kg
             ╰─ agent Ada  ok
                ╰─ model   ok         ? in  ? out
       « 3 kg
    "
  `);
  const recording = replayed(recordedRun("pause-late"));
  const calls = (await recording.spans()).filter(({ kind }) => kind === "model");
  expect(calls.map(({ output }) => output && recording.valueOf(output))).toEqual([
    '{"finalAnswer":"cut off"}',
    '{"finalAnswer":"3 kg"}',
  ]);
});

test("what is stopped is cancelled, and a team that starts again begins a turn with inputs of its own", async () => {
  expect(await treeOf("stop")).toMatchInlineSnapshot(`
    "
    turn 0 zoo          cancelled  ? in  ? out
    │  » owl
    ╰─ workflow zoo     cancelled
       ╰─ task weigh    cancelled
          │  ≟ a weight
          ╰─ agent Ada  cancelled
             ╰─ model   cancelled  ? in  ? out

    turn 1 zoo          ok         ? in  ? out
    │  » wren
    ╰─ workflow zoo     ok
       ╰─ task weigh    ok
          │  ≟ a weight
          │  « 3 kg
          ╰─ agent Ada  ok
             ╰─ model   ok         ? in  ? out
       « 3 kg
    "
  `);
});

const runs = [
  "sequential",
  "tools",
  "dependency",
  "blocked",
  "error",
  "validation",
  "pause",
  "pause-late",
  "stop",
];

describe.each(runs)("%s", (name) => {
  test("is the same however often the store tells of a change, and where it tells only at the end", async () => {
    const run = recordedRun(name);
    const once = await replayed(run).tree();
    expect(await replayed(run, 3).tree()).toEqual(once);
    const ends = (at: number): boolean => at === run.length - 1 || "begun" in (run[at + 1] ?? {});
    const atTheEnd = run.filter((said, at) => !("told" in said) || ends(at));
    expect(await replayed(atTheEnd).tree()).toEqual(once);
  });

  test("has no byte of a key or of the environment in its journal", async () => {
    const dir = mkdtempSync(join(tmpdir(), "spoor-kaiban-"));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const observer = createObserver({
      journal: { dir },
      exporters: [],
      flushOnExit: false,
      redact: "off",
    });
    const team = new ReplayedTeam();
    observeTeam(team, observer, { session });
    team.replay(recordedRun(name));
    await observer.close();
    const files = readdirSync(dir, { recursive: true, encoding: "utf8" })
      .map((file) => join(dir, file))
      .filter((file) => statSync(file).isFile())
      .map((file) => readFileSync(file, "utf8"));
    expect(files.join("")).toContain("weigh");
    for (const key of plantedKeys) expect(files.join("")).not.toContain(key);
  });

  test("cut anywhere is recorded as far as it went: what has not ended is open", async () => {
    const run = recordedRun(name);
    for (let length = 1; length < run.length; length += 7) {
      const reports = await replayed(run.slice(0, length)).reports();
      expect(reports.length).toBeLessThanOrEqual(1);
    }
  });
});

test("a team that cannot be read is counted, and not disturbed", () => {
  const { observer } = crewRecording();
  const state = {
    get workflowLogs(): never {
      throw new Error("not now");
    },
  };
  const team = { getStore: () => ({ getState: () => state, subscribe: () => () => {} }) };
  expect(observeTeam(team, observer).failures).toBe(1);
});

test("nothing is recorded any more after stop", async () => {
  const { observer, reports } = crewRecording();
  const team = new ReplayedTeam();
  observeTeam(team, observer, { session }).stop();
  team.replay(recordedRun("sequential"));
  expect(await reports()).toEqual([]);
});
