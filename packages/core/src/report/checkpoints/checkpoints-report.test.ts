import { describe, expect, test } from "vitest";
import type { DraftOf, EventDraft } from "../../vocabulary/event.ts";
import { recordedSession, said, second } from "../hand-recorded.fixture.ts";
import { type CheckpointsReport, checkpointsReport } from "./checkpoints-report.ts";
import type { SavedHappening } from "./happening.ts";
import { renderCheckpoints } from "./render-checkpoints.ts";

type Saved = DraftOf<"checkpoint.saved">;
type Written = DraftOf<"checkpoint.written">;

const turn = (key: string): EventDraft => ({
  ...said,
  type: "turn.started",
  key,
  name: "Thinking",
});
const node = (key: string, parent: string, name: string): EventDraft => ({
  ...said,
  type: "work.started",
  kind: "step",
  key,
  parent,
  name,
});

interface Channel {
  readonly channel: string;
  readonly hash?: string;
  readonly written?: true;
  readonly unreadable?: true;
}
const state = (
  from: string | null,
  channels: readonly Channel[],
  gone: readonly string[] = [],
) => ({
  form: "spoor-state/1",
  from,
  channels: channels.map((each) => ({ version: 1, ...each })),
  gone: gone.map((channel) => ({ channel })),
});
const written = (channel: string, hash: string): Channel => ({ channel, hash, written: true });

const saved = (checkpoint: string, on: string | null, more: Partial<Saved> = {}): Saved => ({
  ...said,
  ...second(1),
  type: "checkpoint.saved",
  on,
  mark: checkpoint,
  checkpoint,
  origin: "loop",
  ...more,
});
const wrote = (checkpoint: string, on: string, more: Partial<Written> = {}): Written => ({
  ...said,
  ...second(1),
  type: "checkpoint.written",
  on,
  mark: `${checkpoint}:${on}`,
  checkpoint,
  task: on,
  writes: { form: "spoor-writes/1", writes: [{ channel: "log" }] },
  ...more,
});
const restored = (checkpoint: string, on: string): EventDraft => ({
  ...said,
  ...second(2),
  type: "checkpoint.restored",
  on,
  mark: `restored:${checkpoint}`,
  checkpoint,
});
const removed = (kept?: string): EventDraft => ({
  ...said,
  ...second(3),
  type: "checkpoint.removed",
  on: null,
  mark: "removed",
  ...(kept === undefined ? {} : { kept }),
});

function reportOf(drafts: readonly EventDraft[], only?: number): CheckpointsReport {
  const { view, content } = recordedSession(drafts);
  const report = checkpointsReport(view, content, { turn: only });
  if (!report) throw new Error("expected a report");
  return report;
}

const savedIn = ({ turns, outside }: CheckpointsReport): readonly SavedHappening[] =>
  [...turns.flatMap(({ happenings }) => happenings), ...outside].filter(
    (happening) => happening.what === "saved",
  );

const config = (checkpoint: string) => ({
  configurable: { thread_id: "s", checkpoint_ns: "", checkpoint_id: checkpoint },
});

describe("a checkpoint", () => {
  test("stands in its turn, in the order in which it was told, with the config that goes on from it", () => {
    const report = reportOf([
      turn("t0"),
      saved("c1", "t0", { step: 0, label: "paid" }),
      turn("t1"),
      saved("c2", "t1", { after: "c1" }),
      saved("c3", null, { after: "c2", origin: "update" }),
    ]);
    expect(report.turns.map(({ index }) => index)).toEqual([0, 1]);
    expect(savedIn(report).map(({ checkpoint, resume }) => [checkpoint, resume])).toEqual(
      ["c1", "c2", "c3"].map((id) => [id, config(id)]),
    );
    expect(report.outside).toMatchObject([{ checkpoint: "c3", origin: "update" }]);
    expect(savedIn(report)[0]).toMatchObject({ step: 0, label: "paid", after: null });
  });

  test("says of each channel that it brought whether its value is another one", () => {
    const [, second, third, fourth] = savedIn(
      reportOf([
        turn("t0"),
        saved("c1", "t0", { state: state(null, [written("log", "a"), written("n", "b")]) }),
        saved("c2", "t0", {
          after: "c1",
          state: state("c1", [written("log", "c"), written("n", "b"), written("new", "d")]),
        }),
        saved("c3", "t0", {
          after: "c2",
          state: state("c2", [{ channel: "log", written: true }], ["new"]),
        }),
        saved("c4", "t0", {
          after: "elsewhere",
          state: state("elsewhere", [written("log", "e")]),
        }),
      ]),
    ).map((each) => each.state.channels);
    expect(second).toEqual([
      { channel: "log", change: "changed" },
      { channel: "n", change: "same" },
      { channel: "new", change: "set" },
    ]);
    expect(third).toEqual([
      { channel: "log", change: "cleared" },
      { channel: "new", change: "gone" },
    ]);
    expect(fourth).toEqual([{ channel: "log", change: "unknown" }]);
  });

  test("says so where nobody recorded what it brought", () => {
    const [only] = savedIn(reportOf([turn("t0"), saved("c1", "t0")]));
    expect(only?.state).toEqual({ channels: null, untold: "[not recorded]" });
  });

  test("from which two go on is where the history branches", () => {
    const report = reportOf([
      turn("t0"),
      saved("c1", "t0"),
      saved("c2", "t0", { after: "c1" }),
      saved("c3", "t0", { after: "c1" }),
    ]);
    expect(savedIn(report).map(({ isBranch }) => isBranch)).toEqual([false, false, true]);
  });

  test("is told once more where it was saved once more", () => {
    const report = reportOf([turn("t0"), saved("c1", "t0"), saved("c1", "t0", { mark: "c1#2" })]);
    expect(savedIn(report).map(({ isAgain }) => isAgain)).toEqual([false, true]);
  });

  test.each([
    ["removed", undefined],
    ["pruned", "latest"],
  ])("may have been %s since", (standing, kept) => {
    const report = reportOf([turn("t0"), saved("c1", "t0"), removed(kept)]);
    expect(savedIn(report)).toMatchObject([{ standing }]);
    expect(report.outside).toMatchObject([{ what: "removed", kept: kept ?? null }]);
  });
});

const within = (...more: readonly EventDraft[]): readonly EventDraft[] => [
  turn("t0"),
  node("look", "t0", "look"),
  saved("c1", "t0"),
  ...more,
];

describe("a checkpoint of a graph in a node", () => {
  test("is addressed by way of the graph around it", () => {
    const report = reportOf(
      within(
        saved("c2", "look", { namespace: "look:task" }),
        wrote("c1", "look", { task: "task" }),
      ),
    );
    expect(savedIn(report)[1]).toMatchObject({
      within: ["look"],
      resume: {
        configurable: {
          thread_id: "s",
          checkpoint_ns: "look:task",
          checkpoint_id: "c2",
          checkpoint_map: { "": "c1", "look:task": "c2" },
        },
      },
    });
  });

  test("is found by its node where its name has no task", () => {
    const report = reportOf(
      within(saved("c2", "look", { namespace: "look" }), wrote("c1", "look", { task: "task" })),
    );
    expect(savedIn(report)[1]?.resume).toMatchObject({
      configurable: { checkpoint_map: { "": "c1", look: "c2" } },
    });
  });

  test("has no config where nobody told at which checkpoint the graph around it was", () => {
    const report = reportOf(within(saved("c2", "look", { namespace: "look:a|deep:b" })));
    expect(savedIn(report)[1]).toMatchObject({ within: ["look", "deep"], resume: null });
    expect(renderCheckpoints(report).join("\n")).not.toContain('"checkpoint_ns":"look');
  });
});

describe("what tasks wrote", () => {
  test("stands with its checkpoint, whichever turn it was in, until a step is made with it", () => {
    const drafts = [
      turn("t0"),
      saved("c1", "t0"),
      turn("t1"),
      node("ask", "t1", "ask"),
      wrote("c1", "ask"),
    ];
    const [pending] = savedIn(reportOf(drafts));
    expect(pending).toMatchObject({
      isStepped: false,
      writes: [{ node: "ask", turn: 1, written: { channels: ["log"] } }],
    });
    const [stepped] = savedIn(reportOf([...drafts, saved("c2", "t1", { after: "c1" })]));
    expect(stepped?.isStepped).toBe(true);
    const [corrected] = savedIn(
      reportOf([...drafts, saved("c2", null, { after: "c1", origin: "update" })]),
    );
    expect(corrected?.isStepped).toBe(false);
  });

  test("stands by itself where nobody told of its checkpoint", () => {
    const report = reportOf([turn("t0"), node("ask", "t0", "ask"), wrote("elsewhere", "ask")]);
    expect(report.turns[0]?.happenings).toMatchObject([
      { what: "written", checkpoint: "elsewhere", writes: { node: "ask" } },
    ]);
  });
});

describe("a run that goes on", () => {
  const drafts = [turn("t0"), saved("c1", "t0"), saved("c2", "t0", { after: "c1" }), turn("t1")];

  test("from the newest checkpoint says from which turn that is", () => {
    const report = reportOf([...drafts, restored("c2", "t1")]);
    expect(report.turns[1]?.happenings).toMatchObject([{ wentBack: false, savedIn: { turn: 0 } }]);
  });

  test("from an earlier one went back", () => {
    const report = reportOf([...drafts, restored("c1", "t1")]);
    expect(report.turns[1]?.happenings).toMatchObject([{ wentBack: true, savedIn: { turn: 0 } }]);
  });

  test("from one that nobody told of did not go back as far as anybody knows", () => {
    const report = reportOf([...drafts, restored("elsewhere", "t1")]);
    expect(report.turns[1]?.happenings).toMatchObject([{ wentBack: false, savedIn: null }]);
  });
});

test("one turn only is one turn only, and its checkpoints know of the others", () => {
  const drafts = [turn("t0"), saved("c1", "t0"), turn("t1"), saved("c2", "t1", { after: "c1" })];
  const report = reportOf([...drafts, saved("c3", null, { after: "c1" })], 0);
  expect(report.turns.map(({ index }) => index)).toEqual([0]);
  expect(report.outside).toEqual([]);
  expect(savedIn(report)).toMatchObject([{ checkpoint: "c1", isStepped: true }]);
  const { view, content } = recordedSession(drafts);
  expect(checkpointsReport(view, content, { turn: 2 })).toBeNull();
});

test("people read it in words, and copy a config in one line whatever the width", () => {
  const report = reportOf([
    turn("t0"),
    node("ask", "t0", "ask"),
    saved("c1", "t0", {
      step: -1,
      origin: "input",
      label: "begun",
      state: state(null, [written("log", "a")]),
    }),
    wrote("c1", "ask"),
    {
      ...said,
      ...second(1),
      type: "checkpoint.refused",
      on: "t0",
      mark: "refused",
      checkpoint: "c2",
      errorType: "Error",
      detail: "disk is full",
    },
    turn("t1"),
    restored("c1", "t1"),
    saved("c\u202E3", "t1", { after: "c1" }),
  ]);
  expect(renderCheckpoints(report, { times: false })).toEqual([
    "session s",
    "",
    "turn 0 Thinking  open",
    "  \u25CF  begun  step -1  input  log",
    '    {"configurable":{"thread_id":"s","checkpoint_ns":"","checkpoint_id":"c1"}}',
    "    \u00B7  ask wrote log",
    "  !  c2 was refused: Error  disk is full",
    "",
    "turn 1 Thinking  open",
    "  \u2192  goes on from c1 of turn 0",
    "  \u25CF  step ?  loop  [not recorded]",
    String.raw`    {"configurable":{"thread_id":"s","checkpoint_ns":"","checkpoint_id":"c\u202e3"}}`,
  ]);
  expect(renderCheckpoints(report, { width: 20 })).toContain(
    '    {"configurable":{"thread_id":"s","checkpoint_ns":"","checkpoint_id":"c1"}}',
  );
});

test("nobody told of a checkpoint, and that is said", () => {
  expect(renderCheckpoints(reportOf([turn("t0")])).at(-1)).toContain("nobody told of a checkpoint");
});
