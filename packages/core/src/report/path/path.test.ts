import { describe, expect, test } from "vitest";
import type { EventDraft } from "../../vocabulary/event.ts";
import { everyCall } from "../prices.fixture.ts";
import { edgesIn, graphNamed, pathOfDrafts, type Told, turnOf } from "./path.fixture.ts";

/** A turn that runs one workflow, `graph`, and in it these. */
const graphTurn = (told: Readonly<Record<string, Told>>, status: "ok" | "error" = "ok") =>
  turnOf("t", [0, 90], {
    graph: { under: "t", from: 0, to: 90, kind: "workflow", status },
    ...told,
  });

const inGraph = (told: Readonly<Record<string, Told>>, status: "ok" | "error" = "ok") =>
  edgesIn(graphNamed(pathOfDrafts(graphTurn(told, status)), "graph"));

describe("a graph that goes in supersteps", () => {
  test("goes from step to step, and loops are edges back", () => {
    const edges = inGraph({
      a1: { under: "graph", name: "agent", from: 1, step: 1 },
      t1: { under: "graph", name: "tools", from: 2, step: 2 },
      a2: { under: "graph", name: "agent", from: 3, step: 3 },
      t2: { under: "graph", name: "tools", from: 4, step: 4 },
      a3: { under: "graph", name: "agent", from: 5, step: 5 },
    });
    expect(edges).toEqual([
      "start \u2192 agent",
      "agent \u2192 tools \u00D72",
      "tools \u2192 agent \u00D72",
      "agent \u2192 end",
    ]);
  });

  test("fans out and in, and each that runs beside another counts", () => {
    const edges = inGraph({
      plan: { under: "graph", from: 1, step: 1, chose: ["worker", "worker", "worker"] },
      w1: { under: "graph", name: "worker", from: 2, step: 2 },
      w2: { under: "graph", name: "worker", from: 2, step: 2 },
      w3: { under: "graph", name: "worker", from: 2, step: 2 },
      sum: { under: "graph", from: 3, step: 3 },
    });
    expect(edges).toEqual([
      "start \u2192 plan",
      "plan \u2192 worker \u00D73",
      "worker \u2192 sum \u00D73",
      "sum \u2192 end",
    ]);
  });

  test("of several in the step before, what chose it led there; where nobody chose it, the order alone tells", () => {
    const told = {
      left: { under: "graph", from: 1, step: 1, chose: "next" },
      right: { under: "graph", from: 1, step: 1 },
    } as const;
    expect(inGraph({ ...told, next: { under: "graph", from: 3, step: 2 } })).toContain(
      "left \u2192 next",
    );
    const edges = inGraph({ ...told, other: { under: "graph", from: 3, step: 2 } });
    expect(edges).toContain("right ~ other");
    expect(edges).not.toContain("left ~ other");
  });

  test("what waited for others names them, however far back they ran", () => {
    const edges = inGraph({
      quick: { under: "graph", from: 1, step: 1 },
      slow: { under: "graph", from: 1, step: 1, chose: "slower" },
      slower: { under: "graph", from: 2, step: 2 },
      both: { under: "graph", from: 3, step: 3, triggers: ["join:quick+slower:both"] },
    });
    expect(edges).toContain("quick \u2192 both");
    expect(edges).toContain("slower \u2192 both");
  });

  test("a handover far down in a step leads to the step that it names", () => {
    const edges = inGraph({
      router: { under: "graph", from: 1, step: 1 },
      expert: { under: "graph", from: 1, step: 1 },
      tool: { under: "expert", kind: "tool", from: 1, handedTo: "writer" },
      writer: { under: "graph", from: 3, step: 2 },
    });
    expect(edges).toContain("expert \u2192 writer");
    expect(edges).not.toContain("router ~ writer");
  });

  test("later attempts are visits that come from nowhere else", () => {
    const report = pathOfDrafts(
      graphTurn({
        one: { under: "graph", name: "flaky", from: 1, step: 1, status: "error" },
        two: { under: "graph", name: "flaky", from: 2, step: 1, attempt: 2, status: "error" },
        three: { under: "graph", name: "flaky", from: 3, step: 1, attempt: 3 },
      }),
    );
    const graph = graphNamed(report, "graph");
    expect(edgesIn(graph)).toEqual(["start \u2192 flaky", "flaky \u2192 end"]);
    expect(graph.nodes[1]).toMatchObject({ visits: 3, repeats: 2, failed: 2, status: "ok" });
  });

  test("what was chosen and never ran is there, and no edge to it was taken", () => {
    const graph = graphNamed(
      pathOfDrafts(
        graphTurn({ agent: { under: "graph", from: 1, step: 1, chose: "tools" } }, "error"),
      ),
      "graph",
    );
    expect(edgesIn(graph)).toEqual(["start \u2192 agent", "agent \u2192 tools \u00D70"]);
    expect(graph.nodes.find(({ name }) => name === "tools")).toMatchObject({
      visits: 0,
      status: null,
    });
    expect(graph.nodes.at(-1)).toMatchObject({ kind: "end", visits: 0 });
  });
});

describe("what runs without steps", () => {
  test("goes as causes tell; where nobody told, in order of time", () => {
    const report = pathOfDrafts(
      turnOf("t", [0, 90], {
        m1: { under: "t", kind: "model", name: "small", from: 1, to: 5 },
        read: { under: "t", kind: "tool", from: 4, to: 6, causedBy: "m1" },
        write: { under: "t", kind: "tool", from: 7, to: 8, causedBy: "m1" },
        m2: { under: "t", kind: "model", name: "small", from: 9, to: 10 },
      }),
    );
    expect(edgesIn(graphNamed(report, "turn"))).toEqual([
      "start \u2192 small",
      "small \u2192 read",
      "small \u2192 write",
      "read ~ small",
      "write ~ small",
      "small \u2192 end",
    ]);
  });

  test("what caused another leads on through that, though it ended later", () => {
    const report = pathOfDrafts(
      turnOf("t", [0, 90], {
        m1: { under: "t", kind: "model", name: "small", from: 1, to: 10 },
        read: { under: "t", kind: "tool", from: 8, to: 9, causedBy: "m1" },
        m2: { under: "t", kind: "model", name: "small", from: 11, to: 12 },
      }),
    );
    expect(edgesIn(graphNamed(report, "turn"))).not.toContain("small ~ small");
  });

  test("an edge is as certain as the least certain time that it was taken", () => {
    const report = pathOfDrafts(
      turnOf("t", [0, 90], {
        m1: { under: "t", kind: "model", name: "small", from: 1 },
        one: { under: "t", kind: "tool", name: "read", from: 3, causedBy: "m1" },
        m2: { under: "t", kind: "model", name: "small", from: 5 },
        two: { under: "t", kind: "tool", name: "read", from: 7 },
      }),
    );
    expect(edgesIn(graphNamed(report, "turn"))).toContain("small ~ read \u00D72");
  });

  test("what overlaps in time runs side by side", () => {
    const report = pathOfDrafts(
      turnOf("t", [0, 90], {
        plan: { under: "t", kind: "tool", from: 1, to: 2 },
        left: { under: "t", kind: "tool", from: 3, to: 9 },
        right: { under: "t", kind: "tool", from: 4, to: 8 },
        sum: { under: "t", kind: "tool", from: 9, to: 10 },
      }),
    );
    expect(edgesIn(graphNamed(report, "turn"))).toEqual([
      "start \u2192 plan",
      "plan ~ left",
      "plan ~ right",
      "right ~ sum",
      "left ~ sum",
      "sum \u2192 end",
    ]);
  });

  test("tasks follow each other, though they run in one superstep", () => {
    const report = pathOfDrafts(
      turnOf("t", [0, 90], {
        flow: { under: "t", from: 0, to: 80, step: 0 },
        one: { under: "flow", kind: "task", from: 1, step: 0 },
        two: { under: "flow", kind: "task", from: 5, step: 0 },
      }),
    );
    expect(edgesIn(graphNamed(report, "flow"))).toContain("one ~ two");
  });

  test("without times, one thing comes after another as it was recorded", () => {
    const drafts = turnOf("t", [0, 90], {
      a: { under: "t", kind: "tool", from: 1 },
      b: { under: "t", kind: "tool", from: 2 },
    }).map(({ at, ...draft }) => (at ? (draft as EventDraft) : draft));
    const graph = graphNamed(pathOfDrafts(drafts), "turn");
    expect(edgesIn(graph)).toEqual(["start \u2192 a", "a ~ b", "b \u2192 end"]);
    expect(graph.nodes[1]).toMatchObject({ durationMs: null, untimed: 1 });
  });
});

describe("graphs in graphs", () => {
  test("a turn that only runs one graph is that graph; what runs in a step lies within its node", () => {
    const report = pathOfDrafts(
      graphTurn({
        asks: { under: "graph", from: 1, to: 9, step: 1 },
        tool: { under: "asks", kind: "tool", from: 2, to: 8 },
        expert: { under: "tool", kind: "agent", from: 3, to: 7 },
        m: { under: "expert", kind: "model", name: "small", from: 4 },
      }),
      { cost: everyCall(0.25) },
    );
    expect(report.graphs.map(({ name, within }) => ({ name, within }))).toEqual([
      { name: "graph", within: null },
      { name: "expert", within: "g1_n1" },
    ]);
    expect(edgesIn(graphNamed(report, "expert"))).toEqual([
      "start \u2192 small",
      "small \u2192 end",
    ]);
    expect(graphNamed(report, "graph").nodes[1]).toMatchObject({
      name: "asks",
      durationMs: 8_000,
      modelCalls: 1,
      toolCalls: 1,
      cost: { usd: 0.25, unpriced: 0 },
    });
  });

  test("what was suspended goes on where it stood, in the graph and in the graph within", () => {
    const scope = { under: "t", kind: "workflow", name: "graph", from: 0, to: 10 } as const;
    const step = { name: "asker", under: "graph", from: 1, to: 10, step: 1 } as const;
    const report = pathOfDrafts([
      ...turnOf(
        "t",
        [0, 10],
        {
          graph: { ...scope, status: "suspended" },
          asker: { ...step, status: "suspended" },
          inner: { under: "asker", kind: "agent", from: 1, to: 10, status: "suspended" },
          first: { under: "inner", from: 2, step: 1 },
          waits: { under: "inner", from: 4, step: 2, status: "suspended" },
        },
        { status: "suspended" },
      ),
      ...turnOf(
        "t2",
        [20, 40],
        {
          graph2: { ...scope, under: "t2", from: 20, to: 40 },
          asker2: { ...step, under: "graph2", from: 21, to: 30 },
          inner2: { under: "asker2", name: "inner", kind: "agent", from: 22, to: 29 },
          waits2: { under: "inner2", name: "waits", from: 23, step: 2 },
          last: { under: "graph2", from: 31, step: 2 },
        },
        { resumes: true },
      ),
    ]);
    const [graph, inner] = ["graph", "inner"].map((name) => graphNamed(report, name));
    expect(graph).toMatchObject({ visits: 1, status: "ok", durationMs: 30_000 });
    expect(graph && edgesIn(graph)).toEqual([
      "start \u2192 asker",
      "asker \u2192 last",
      "last \u2192 end",
    ]);
    expect(inner && edgesIn(inner)).toEqual([
      "start \u2192 first",
      "first \u2192 waits",
      "waits \u2192 end",
    ]);
    expect(inner?.nodes[2]).toMatchObject({ visits: 2, repeats: 1, suspended: 1 });
  });
});

test("turns of one graph are its runs, and one turn can be looked at alone", () => {
  const tool = { kind: "tool", name: "look" } as const;
  const drafts = [
    ...turnOf("t0", [0, 5], { a: { ...tool, under: "t0", from: 1 } }),
    ...turnOf("t1", [10, 15], { b: { ...tool, under: "t1", from: 11 } }),
  ];
  expect(pathOfDrafts(drafts).graphs[0]).toMatchObject({ visits: 2 });
  expect(pathOfDrafts(drafts).graphs[0]?.edges).toMatchObject([{ times: 2 }, { times: 2 }]);
  const alone = pathOfDrafts(drafts, { turn: 1 });
  expect(alone).toMatchObject({ turn: 1, graphs: [{ visits: 1 }] });
  expect(() => pathOfDrafts(drafts, { turn: 2 })).toThrow("expected that turn");
});

test("a turn in which nothing ran has no path", () => {
  expect(pathOfDrafts(turnOf("t", [0, 5])).graphs).toEqual([]);
});

test("a run that failed, or was never seen to end, came to no end", () => {
  for (const status of ["error", "open", "suspended", "cancelled"] as const) {
    const drafts = turnOf("t", [0, 9], { a: { under: "t", kind: "tool", from: 1 } }, { status });
    const [graph] = pathOfDrafts(drafts).graphs;
    expect(graph && edgesIn(graph)).toEqual(["start \u2192 a"]);
  }
});

test("what lies in no turn that is known is counted, and in no graph", () => {
  const drafts = [
    ...turnOf("t", [0, 9], { a: { under: "t", kind: "tool", from: 1 } }),
    ...turnOf("t", [0, 9], { stray: { under: "nobody", kind: "tool", from: 2 } }),
  ];
  expect(pathOfDrafts(drafts)).toMatchObject({ unplaced: 1, graphs: [{ toolCalls: 1 }] });
});

test("where of a call only snapshots were seen, nothing that it lies in is final", () => {
  const told = { m: { under: "t", kind: "model", from: 1, isGrowing: true } } as const;
  const [graph] = pathOfDrafts(turnOf("t", [0, 9], told)).graphs;
  expect(graph).toMatchObject({ usageFinal: false });
  expect(graph?.nodes.map(({ usageFinal }) => usageFinal)).toEqual([true, false, true]);
});

test("a cost is unknown where no call has a price, and a lower bound where some have none", () => {
  const told = { m: { under: "t", kind: "model", from: 1 } } as const;
  const [graph] = pathOfDrafts(turnOf("t", [0, 9], told)).graphs;
  expect(graph?.nodes[1]?.cost).toMatchObject({ usd: null, unpriced: 1 });
});
