import { describe, expect, test } from "vitest";
import { endOf, graphRun } from "../example-runs.ts";
import { draftsOf, only, translateAll } from "../fixtures.ts";
import type { Fields, LangGraphCallback } from "../native.ts";

const answer = { lg_name: "Command", resume: "yes", goto: [] };
const root = (runId: string, inputs: unknown, more: Fields = {}) =>
  graphRun(runId, { inputs, metadata: { thread_id: "t", ...more } });
const suspension = (runId: string, checkpointId: string): readonly LangGraphCallback[] => [
  root(runId, {}),
  { kind: "interrupted", runId, checkpointId, checkpointNamespace: [], interrupts: [] },
  endOf(runId),
];
const resumed: LangGraphCallback = {
  kind: "resumed",
  runId: "next",
  checkpointId: "c1",
  checkpointNamespace: [],
};

/** How the last turn is said to begin. */
const beginning = (natives: readonly LangGraphCallback[]) => {
  const { resumes, links } = only(translateAll(natives), "turn.started").at(-1) ?? {};
  return { resumes, links };
};

describe("a process that has seen nothing of a thread", () => {
  test.each([
    ["an answer", answer],
    ["null input", { input: null }],
  ])("with %s goes on from the latest that the journal knows", (_, inputs) => {
    expect(beginning([root("next", inputs)]).resumes).toBe(true);
  });

  test.each([
    ["an answer", answer],
    ["null input", null],
  ])("with %s and a checkpoint goes on from there", (_, inputs) => {
    expect(beginning([root("next", inputs, { checkpoint_id: "c1" })]).resumes).toBe("c1");
  });

  test("does not take null input for the answer to an interrupt that it never saw", () => {
    const drafts = translateAll([root("next", null), resumed]);
    expect(only(drafts, "interrupt.resolved")).toEqual([]);
  });
});

describe("a process that has seen the thread", () => {
  test("goes on from where that waits, also where the caller names the place", () => {
    const inputs = { input: null };
    const before = suspension("first", "c1");
    expect(beginning([...before, root("next", inputs)]).resumes).toBe(true);
    expect(beginning([...before, root("next", inputs, { checkpoint_id: "c1" })])).toEqual({
      resumes: "c1",
      links: undefined,
    });
  });

  test.each([
    ["failed", { kind: "run.failed", runId: "first", error: new Error("no") } as const],
    ["finished", endOf("first")],
  ])("with null input begins a turn where the one before has %s", (_, end) => {
    expect(beginning([root("first", {}), end, root("next", null)]).resumes).toBeUndefined();
  });

  test("forks where it goes back to a stop that is behind it, and still tells the answer", () => {
    const natives = [
      ...suspension("first", "c1"),
      root("second", answer),
      endOf("second"),
      root("next", answer, { checkpoint_id: "c1" }),
      resumed,
    ];
    expect(beginning(natives)).toEqual({
      resumes: undefined,
      links: [{ kind: "fork", session: "t", key: "turn@first" }],
    });
    expect(only(translateAll(natives), "interrupt.resolved").at(-1)).toMatchObject({
      on: "turn@next",
      wait: "c1",
      answer: "yes",
    });
  });

  test("replays a checkpoint of which it only knows the name as a turn of its own, with that name", () => {
    const [, replay] = only(draftsOf("18-time-travel-fork"), "turn.started");
    expect(replay).not.toHaveProperty("resumes");
    expect(replay).not.toHaveProperty("links");
    expect(replay?.native).toEqual({ checkpointId: "1f1e55fe-0500-6370-8001-c99244f5f585" });
  });
});

test.each([
  ["goes somewhere", { lg_name: "Command", goto: ["a"] }],
  ["only changes the state", { lg_name: "Command", update: { n: 1 }, goto: [] }],
  ["answers with null, which LangGraph takes for no answer", { $command: true, resume: null }],
])("a command that %s resumes nothing", (_, command) => {
  expect(beginning([root("next", command)]).resumes).toBeUndefined();
  const drafts = translateAll([...suspension("first", "c1"), root("next", command), resumed]);
  expect(only(drafts, "interrupt.resolved")).toEqual([]);
});
