import { describe, expect, test } from "vitest";
import { draftsOf, linesOf, runs, toldBy } from "./recorded.fixture.ts";

/** What the model server counted, in and out, of runs in which every call of a model has a span that tells it. */
const counted: Readonly<Record<string, readonly [number, number]>> = {
  // A client instrumentation beside AutoGen's own spans.
  "a04-tool-error": [189, 27],
  "a07-reflect": [234, 25],
  "a10b-streaming-with-usage": [212, 20],
  "a12-agent-tool": [296, 36],
  "a18-rate-limit-then-ok": [33, 3],
  "c10-core-agent-with-model": [87, 9],
  "t02-roundrobin-tool-text-mention": [292, 22],
  "t02b-roundrobin-ambient-span": [292, 22],
  "t04-swarm": [260, 22],
  "t06-graph-fanout-join": [207, 12],
  "t11-concurrent-teams": [279, 26],
  "t18-agent-tool-inside-team": [221, 19],
  // Two instrumentations, one inside the other: each call is one call.
  "t02c-roundrobin-openinference": [292, 22],
  // Each process tells of its own calls: 124/12, 30/1 and 63/5 together.
  "g01-grpc-send-publish.worker-a": [60, 6],
  "g01-grpc-send-publish.worker-b": [64, 6],
  "g02-grpc-handler-raises.worker-a": [30, 1],
  "g05-grpc-ambient-span.worker-a": [31, 3],
  "g05-grpc-ambient-span.worker-b": [32, 2],
  // Agent Framework tells of its calls itself, and once more as sums of its agents.
  "m01-single-agent": [30, 2],
  "m02-agent-tools-sensitive": [304, 32],
  "m03-sequential": [71, 6],
  "m04-concurrent": [52, 8],
  "m06-handoff": [165, 23],
  "m11-agent-as-tool-ambient": [259, 20],
};

/** In these some of it is told, and it is said that there was more, or may have been. */
const partly: Readonly<Record<string, readonly [number, number]>> = {
  // A stream without usage.
  "a10-streaming": [0, 0],
  // 53/3 of 126/5 were a call that was cancelled, which leaves no span.
  "t08b-cancel-mid-team": [73, 2],
  // The call that failed tells of no tokens; the server counted none either, which no span says.
  "m09-model-error": [26, 2],
};

/** Stopped before any agent of theirs was asked, or no agent that a model could stand behind. */
const withoutAgents = (run: string): boolean =>
  /^(?:c(?!10)|g0\d.*client|o-.*core|m07|m08)/.test(run);

test.each(Object.entries(counted))("%s: all that the server counted", (run, [input, output]) => {
  const told = toldBy(draftsOf(linesOf(run)));
  expect(told).toMatchObject({ input, output, complete: true });
});

test.each(Object.entries(partly))(
  "%s: what is told, and that it is not all",
  (run, [input, output]) => {
    const told = toldBy(draftsOf(linesOf(run)));
    expect(told).toMatchObject({ input, output, complete: false });
  },
);

describe("where no call has a span", () => {
  const others = runs.filter((run) => !(run in counted) && !(run in partly));

  test.each(others.filter(withoutAgents))("%s: nothing was used, as far as spans tell", (run) => {
    expect(toldBy(draftsOf(linesOf(run)))).toMatchObject({ input: 0, output: 0, complete: true });
  });

  test.each(others.filter((run) => !withoutAgents(run)))(
    "%s: nobody counted what its agents used, and that is said",
    (run) => {
      const told = toldBy(draftsOf(linesOf(run)));
      expect(told).toMatchObject({ input: 0, output: 0, complete: false });
    },
  );
});
