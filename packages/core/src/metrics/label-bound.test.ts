import { expect, test } from "vitest";
import { LabelBound } from "./label-bound.ts";
import type { Labels } from "./labels.ts";
import { said } from "./measured.fixture.ts";
import { toolCalls, turnTokens } from "./own-instruments.ts";

const calls = (labels: Labels) => ({ instrument: toolCalls, value: 1, labels });

test("the first values keep their names for ever, and what comes later shares one", () => {
  const bound = new LabelBound({ values: 2 });
  const told = ["a", "b", "c", "a", "d"].map((tool) =>
    bound.bounded(calls([["gen_ai.tool.name", tool]])),
  );
  expect(said(told)).toEqual(
    ["a", "b", "_other", "a", "_other"].map(
      (tool) => `spoor.tool.calls {gen_ai.tool.name=${tool}} 1`,
    ),
  );
});

test("an instrument has no more series than the limit and their rest, and each has its own", () => {
  const bound = new LabelBound({ series: 2 });
  const told = ["a", "b", "c"].map((tool) => bound.bounded(calls([["gen_ai.tool.name", tool]])));
  expect(said(told).at(-1)).toBe("spoor.tool.calls {gen_ai.tool.name=_other} 1");
  const tokens = { instrument: turnTokens, value: 1, labels: calls([["x", "c"]]).labels };
  expect(said([bound.bounded(tokens)])).toEqual(["spoor.turn.tokens {x=c} 1"]);
});

test("what has few values by itself keeps them: input never becomes something other", () => {
  const bound = new LabelBound({ values: 0, series: 0 });
  const { labels } = bound.bounded({
    instrument: turnTokens,
    value: 1,
    labels: [
      ["gen_ai.token.type", "input"],
      ["gen_ai.agent.name", "doctor"],
    ],
  });
  expect(labels).toEqual([
    ["gen_ai.token.type", "input"],
    ["gen_ai.agent.name", "_other"],
  ]);
});
