import { appendFileSync, cpSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { recordingOf, temporaryFolder } from "../spoor.fixture.ts";
import { importIn, recordedIn } from "./imported.fixture.ts";
import { projectsOf, scenarios, transcriptsIn } from "./projects.fixture.ts";

const idsIn = (cwd: string): readonly string[] =>
  recordedIn(cwd).map((event): string => JSON.parse(event).id);

async function recordedAtOnce(bytes: Buffer): Promise<readonly string[]> {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "a.jsonl"), bytes);
  await importIn(cwd, ["a.jsonl"]);
  return recordedIn(cwd);
}

describe("a file that was cut at any byte and has grown since", () => {
  const files = [
    ...["b-tool-loop", "e2-subagents-parallel", "l-compact", "k4-clear"].map(recordingOf),
    ...scenarios.flatMap((scenario) => transcriptsIn(projectsOf(scenario))),
  ];

  test("says what it says at once, and no line of it was malformed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), fc.nat(), fc.nat(), async (file, one, other) => {
        const whole = readFileSync(file);
        const cuts = [one, other].map((cut) => cut % (whole.length + 1));
        const cwd = temporaryFolder();
        let events = 0;
        let from = 0;
        for (const to of [...cuts.toSorted((left, right) => left - right), whole.length]) {
          appendFileSync(join(cwd, "a.jsonl"), whole.subarray(from, to));
          const report = await importIn(cwd, ["a.jsonl"]);
          expect(report.malformed).toBe(0);
          events += report.events;
          from = to;
        }
        const recorded = recordedIn(cwd);
        expect(recorded).toEqual(await recordedAtOnce(whole));
        expect(events).toBe(recorded.length);
      }),
      { numRuns: 20 },
    );
  }, 60_000);
});

interface Grown {
  readonly cwd: string;
  readonly atOnce: string;
}

/** Imported with its files cut short, then whole. */
async function grown(
  scenario: string,
  cut: (bytes: Buffer, place: number) => Buffer | string,
): Promise<Grown> {
  const folder = projectsOf(scenario);
  const [cwd, atOnce] = [temporaryFolder(), temporaryFolder()];
  for (const target of [cwd, atOnce]) cpSync(folder, join(target, "projects"), { recursive: true });
  const copies = transcriptsIn(folder).map((path) => join(cwd, "projects", relative(folder, path)));
  for (const [place, path] of copies.entries()) writeFileSync(path, cut(readFileSync(path), place));
  await importIn(cwd, ["projects"]);
  cpSync(folder, join(cwd, "projects"), { recursive: true, force: true });
  for (const target of [cwd, atOnce]) await importIn(target, ["projects"]);
  return { cwd, atOnce };
}

describe("a session with files of its subagents", () => {
  const anyScenario = fc.constantFrom(...scenarios.filter((scenario) => scenario.startsWith("e")));

  test("that was cut at a moment says what it says at once", async () => {
    await fc.assert(
      fc.asyncProperty(anyScenario, fc.nat(), async (scenario, pick) => {
        const times = transcriptsIn(projectsOf(scenario))
          .flatMap((path) => [...readFileSync(path, "utf8").matchAll(/"timestamp":"([^"]+)"/g)])
          .map(([, time = ""]) => time);
        const moment = times.toSorted()[pick % times.length] ?? "";
        const { cwd, atOnce } = await grown(scenario, (bytes) =>
          untilAfter(moment, bytes.toString()),
        );
        expect(recordedIn(cwd)).toEqual(recordedIn(atOnce));
      }),
      { numRuns: 12 },
    );
  }, 60_000);

  test("of which one file was behind says nothing else, and nothing twice", async () => {
    await fc.assert(
      fc.asyncProperty(anyScenario, fc.nat(), fc.nat(), async (scenario, which, where) => {
        const files = transcriptsIn(projectsOf(scenario)).length;
        const { cwd, atOnce } = await grown(scenario, (bytes, place) =>
          place === which % files ? bytes.subarray(0, where % bytes.length) : bytes,
        );
        expect(idsIn(cwd)).toEqual(idsIn(atOnce));
      }),
      { numRuns: 20 },
    );
  }, 60_000);
});

/** The lines that were written by then; one that tells no time was written with the one before it. */
function untilAfter(moment: string, text: string): string {
  const lines = text.split(/(?<=\n)/);
  const after = lines.findIndex((line) => (/"timestamp":"([^"]+)"/.exec(line)?.[1] ?? "") > moment);
  return lines.slice(0, after < 0 ? undefined : after).join("");
}

test("the order of files does not matter, and twice is once", async () => {
  const [cwd, atOnce] = [temporaryFolder(), temporaryFolder()];
  const paths = scenarios.flatMap((scenario) => transcriptsIn(projectsOf(scenario)));
  for (const path of [...paths.toReversed(), ...paths]) await importIn(cwd, [path]);
  await importIn(atOnce, paths);
  expect(idsIn(cwd)).toEqual(idsIn(atOnce));
});

/** As versions write it that do not say which session has made a call. */
function withoutCaller(path: string): string {
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  return lines
    .map((line) => {
      const { requestSessionId: _untold, ...said } = JSON.parse(line);
      return `${JSON.stringify(said)}\n`;
    })
    .join("");
}

describe("a fork's file, of a version that does not say which lines are copies", () => {
  const paths = transcriptsIn(projectsOf("n-resume"));

  /** The fork's file has the name that comes first. */
  function written(): { readonly cwd: string; readonly names: readonly string[] } {
    const cwd = temporaryFolder();
    const names = paths.map((path, place) => {
      const name = `${paths.length - place}.jsonl`;
      writeFileSync(join(cwd, name), withoutCaller(path));
      utimesSync(join(cwd, name), place, place);
      return name;
    });
    return { cwd, names };
  }

  test("says what it says where it is told", async () => {
    const told = temporaryFolder();
    await importIn(told, paths);
    const expected = idsIn(told);
    const [atOnce, inTurn] = [written(), written()];
    await importIn(atOnce.cwd, ["."]);
    expect(idsIn(atOnce.cwd)).toEqual(expected);
    for (const name of inTurn.names) await importIn(inTurn.cwd, [name]);
    expect(idsIn(inTurn.cwd)).toEqual(expected);
  });

  test("adds no call twice where it is read before the one that it has left", async () => {
    const { cwd, names } = written();
    for (const name of names.toReversed()) await importIn(cwd, [name]);
    const calls = recordedIn(cwd)
      .map((event): { readonly type: string; readonly key: string } => JSON.parse(event))
      .filter(({ type }) => type === "model.started");
    expect(new Set(calls.map(({ key }) => key)).size).toBe(calls.length);
    expect(calls).toHaveLength(3);
  });
});
