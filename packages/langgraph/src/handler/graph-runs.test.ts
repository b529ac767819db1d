import type { EventDraft } from "@spoor/core";
import { describe, expect, test } from "vitest";
import { graphRun } from "../callbacks/example-runs.ts";
import { GraphRuns } from "./graph-runs.ts";

const watched = (): GraphRuns => Object.assign(new GraphRuns(), { isWatched: true });

/** A turn begins, and is never seen to end. */
function begins(runs: GraphRuns, session: string, runId: string) {
  const draft = { type: "turn.started", session, source: "callback", key: `turn@${runId}` };
  runs.recorded({ ...draft, name: "Graph" } as EventDraft, graphRun(runId), null);
  return runs.openIn(session).at(-1);
}

describe("runs that never end, as where consumers leave their streams,", () => {
  test("are forgotten but for the latest hundred of a thread", () => {
    const runs = watched();
    for (let run = 0; run < 250; run += 1) begins(runs, "thread", `run ${run}`);
    expect(runs.openIn("thread").map(({ turn }) => turn)).toEqual(
      Array.from({ length: 100 }, (_, index) => `turn@run ${150 + index}`),
    );
  });

  test("are forgotten with the oldest of ten thousand threads", () => {
    const runs = watched();
    for (let thread = 0; thread <= 10_000; thread += 1) begins(runs, `thread ${thread}`, "run");
    expect(runs.openIn("thread 0")).toEqual([]);
    expect(runs.openIn("thread 1")).toHaveLength(1);
    expect(runs.openIn("thread 10000")).toHaveLength(1);
  });

  test("and what the oldest of a thousand of them hold back is told at last", () => {
    const runs = watched();
    const told: number[] = [];
    for (let index = 0; index <= 1_001; index += 1) {
      const run = begins(runs, `thread ${index}`, `run ${index}`);
      if (run !== undefined) runs.hold(run, () => told.push(index));
    }
    expect(told).toEqual([0, 1]);
  });
});
