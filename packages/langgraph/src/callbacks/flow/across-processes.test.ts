import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AgentEvent, Span } from "@spoor/core";
import { createRecorder, createRunTree, diskJournal } from "@spoor/core";
import { describe, expect, onTestFinished, test } from "vitest";
import { endOf, failureOf, graphRun, nodeRun } from "../example-runs.ts";
import { nativesOf, recording, translateAll } from "../fixtures.ts";
import type { Fields, LangGraphCallback } from "../native.ts";

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "spoor-langgraph-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Each list of callbacks in a process of its own, which knows nothing but what lies in the folder, and is gone without a word. */
function recorded(folder: string, processes: readonly (readonly LangGraphCallback[])[]): Spans {
  const tree = createRunTree();
  let now = 0;
  for (const natives of processes) {
    const recorder = createRecorder({
      journal: diskJournal({ dir: folder }),
      clock: () => (now += 1),
      recorded: (event: AgentEvent) => tree.apply(event),
    });
    for (const draft of translateAll(natives)) recorder.emit(draft);
  }
  return new Spans(tree.sessions().flatMap((session) => tree.session(session)?.spans ?? []));
}

class Spans {
  readonly #all: readonly Span[];

  constructor(all: readonly Span[]) {
    this.#all = all;
  }

  get activations(): readonly Span[] {
    return this.#all.filter(({ kind }) => kind === "turn");
  }

  get turns(): number {
    return new Set(this.#all.map(({ turnSpanId }) => turnSpanId)).size;
  }

  get traces(): number {
    return new Set(this.#all.map(({ traceId }) => traceId)).size;
  }

  /** What ran in each activation, in the order in which it began. */
  get work(): readonly (readonly string[])[] {
    return this.activations.map((activation) =>
      this.#all
        .filter((span) => span !== activation && this.#activationOf(span) === activation)
        .map(({ kind, name }) => `${kind} ${name}`),
    );
  }

  #activationOf(span: Span): Span | undefined {
    const above = this.#all.find(({ spanId }) => spanId === span.parentSpanId);
    return span.kind === "turn" || above === undefined ? span : this.#activationOf(above);
  }
}

const linesUpTo = (lines: readonly string[], note: string): number =>
  lines.findIndex((line) => line.includes(`"note":"${note}"`));

describe("a resume in another process, over the same journal,", () => {
  test.each([
    [
      "11-interrupt-resume",
      ["workflow LangGraph", "step ask"],
      ["workflow LangGraph", "step ask", "step after"],
    ],
    [
      "11b-interrupt-in-tool-and-subgraph",
      [
        "workflow LangGraph",
        "step pre",
        "step asker",
        "workflow asker",
        "step agent",
        "model ScriptedChatModel",
        "step tools",
        "tool ask_human",
      ],
      [
        "workflow LangGraph",
        "step asker",
        "workflow asker",
        "step tools",
        "tool ask_human",
        "step agent",
        "model ScriptedChatModel",
      ],
    ],
  ])(
    "makes %s one turn in two activations and one trace: what waited is in both, all else in one",
    (scenario, before, after) => {
      const lines = recording(scenario);
      const [waits, ends] = [linesUpTo(lines, "result:first"), linesUpTo(lines, "result:resume")];
      const processes = [lines.slice(0, waits), lines.slice(waits, ends)].map(nativesOf);
      const spans = recorded(emptyFolder(), processes);
      expect(spans.activations).toMatchObject([
        { status: "suspended", continuation: null },
        { status: "ok", continuation: null },
      ]);
      expect([spans.turns, spans.traces]).toEqual([1, 1]);
      expect(spans.work).toEqual([before, after]);
    },
  );
});

const asked = [{ id: "i", value: "go?" }];
const interruption = { name: "GraphInterrupt", is_bubble_up: true, interrupts: asked };
const stop = (runId: string, interrupts: readonly unknown[]): LangGraphCallback => ({
  kind: "interrupted",
  runId,
  checkpointId: "c1",
  checkpointNamespace: [],
  interrupts,
});
const begins = (runId: string, inputs: unknown = {}, more: Fields = {}) => [
  graphRun(runId, { inputs, metadata: { thread_id: "t", ...more } }),
  nodeRun(`${runId}/asks`, runId),
];
const waits = (runId: string, inputs: unknown = {}): readonly LangGraphCallback[] => [
  ...begins(runId, inputs),
  failureOf(`${runId}/asks`, interruption),
  stop(runId, asked),
  endOf(runId),
];
const ends = (runId: string, inputs: unknown, more: Fields = {}): readonly LangGraphCallback[] => [
  ...begins(runId, inputs, more),
  endOf(`${runId}/asks`),
  endOf(runId),
];
const answer = { $command: true, resume: "yes" };
const statuses = ({ activations }: Spans) => activations.map(({ status }) => status);

describe("what another process goes on from", () => {
  test("is one turn through any number of interrupts in one node, one process each", () => {
    const spans = recorded(emptyFolder(), [
      waits("first"),
      waits("second", answer),
      ends("third", answer),
    ]);
    expect(statuses(spans)).toEqual(["suspended", "suspended", "ok"]);
    expect([spans.turns, spans.traces]).toEqual([1, 1]);
  });

  test.each([
    [
      "a breakpoint",
      [
        graphRun("first"),
        { ...stop("first", []), status: "interrupt_before" } as LangGraphCallback,
        endOf("first"),
      ],
    ],
    [
      "a drain",
      [
        graphRun("first"),
        failureOf("first", { name: "GraphDrained", is_bubble_up: true, reason: "deploy" }),
      ],
    ],
  ])("is %s, when it is let go on with null", (_, before) => {
    const spans = recorded(emptyFolder(), [before, ends("second", { input: null })]);
    expect(statuses(spans)).toEqual(["suspended", "ok"]);
    expect([spans.turns, spans.traces]).toEqual([1, 1]);
  });

  test("is known where LangGraph is too old to announce it, and waits once whatever was asked", () => {
    const unannounced = [
      ...begins("first"),
      failureOf("first/asks", { ...interruption, interrupts: [...asked, ...asked] }),
      endOf("first"),
    ];
    const spans = recorded(emptyFolder(), [
      unannounced,
      ends("second", answer),
      ends("third", answer),
    ]);
    expect(spans.activations.map(({ continuation }) => continuation)).toEqual([
      null,
      null,
      "unknown",
    ]);
    expect(spans.turns).toBe(2);
  });

  test("is the wait that the caller names by its checkpoint", () => {
    const folder = emptyFolder();
    const named = ends("second", answer, { checkpoint_id: "c1" });
    const spans = recorded(folder, [waits("first"), named]);
    expect([spans.turns, spans.traces]).toEqual([1, 1]);
  });

  test("still waits after a command that only goes somewhere, which is a turn of its own", () => {
    const spans = recorded(emptyFolder(), [
      waits("first"),
      ends("second", { $command: true, goto: ["elsewhere"] }),
      ends("third", answer),
    ]);
    const [first, second, third] = spans.activations;
    expect(second?.turnSpanId).not.toBe(first?.turnSpanId);
    expect(third?.turnSpanId).toBe(first?.turnSpanId);
  });

  test("is unknown where the journal does not have it: a trace of its own", () => {
    const before = recorded(emptyFolder(), [waits("first")]);
    const after = recorded(emptyFolder(), [ends("second", answer)]);
    expect(after.activations).toMatchObject([{ continuation: "unknown" }]);
    expect(after.activations[0]?.traceId).not.toBe(before.activations[0]?.traceId);
    expect([after.turns, after.traces]).toEqual([1, 1]);
  });

  test("is the trace of the carrier that came along, where the journal does not have it", () => {
    const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
    const spans = recorded(emptyFolder(), [ends("second", answer, { traceparent })]);
    expect(spans.activations).toMatchObject([{ traceId, continuation: null }]);
    expect(spans.traces).toBe(1);
  });
});
