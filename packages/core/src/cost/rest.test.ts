import { describe, expect, test } from "vitest";
import { recordedSession, tokens } from "../report/hand-recorded.fixture.ts";
import { exactText } from "../report/usd.ts";
import { sumUp } from "./cost-sum.ts";
import { sonnet, haiku, turn, call, total, estimate, ledger, amounts } from "./ledger.fixture.ts";

describe("what a turn used beyond the calls that were seen", () => {
  test("is a line of its own, priced by the model that the total names", () => {
    const costs = ledger(
      turn("t", 0),
      ...call("m", { parent: "t", at: 1, usage: tokens(1_000, 1), meter: "c" }),
      total("t", { meter: "c", model: sonnet, usage: tokens(1_000, 100) }),
    );
    expect(costs.lines.map(({ kind, model, provider }) => [kind, model, provider])).toEqual([
      ["call", sonnet, "anthropic"],
      ["unattributed", sonnet, "anthropic"],
    ]);
    expect(amounts(costs)).toEqual(["0.003015", "0.001485"]);
    expect(exactText(sumUp(costs).unattributedUsd ?? 0n)).toBe("0.001485");
  });

  test("is told apart by model, and each has its own price", () => {
    const costs = ledger(
      turn("t", 0),
      ...call("m", { parent: "t", at: 1, usage: tokens(1_000, 1), meter: "c" }),
      ...call("n", { parent: "t", at: 3, usage: tokens(10, 1), meter: "c", model: haiku }),
      total("t", { meter: "c", model: sonnet, usage: tokens(1_000, 100) }),
      total("t", { meter: "c", model: haiku, usage: tokens(10, 21) }),
    );
    const rests = costs.lines.filter(({ kind }) => kind === "unattributed");
    expect(rests.map(({ model, usage }) => [model, usage?.output])).toEqual([
      [sonnet, 99],
      [haiku, 20],
    ]);
    expect(amounts({ ...costs, lines: rests })).toEqual(["0.001485", "0.0001"]);
  });

  test("is what the turn's own calls do not cover, where they name no counter", () => {
    const costs = ledger(
      turn("t", 0),
      ...call("m", { parent: "t", at: 1, usage: tokens(1_000, 1) }),
      ...call("n", { parent: "t", at: 3, usage: tokens(10, 1), model: haiku }),
      turn("u", 10),
      ...call("o", { parent: "u", at: 11, usage: tokens(5, 5) }),
      total("t", { meter: "c", model: sonnet, usage: tokens(1_000, 100) }),
      total("t", { meter: "c", model: haiku, usage: tokens(10, 21) }),
    );
    const rests = costs.lines.filter(({ kind }) => kind === "unattributed");
    expect(amounts({ ...costs, lines: rests })).toEqual(["0.001485", "0.0001"]);
  });

  test("has no price where nothing tells the models apart", () => {
    const costs = ledger(
      turn("t", 0),
      ...call("m", { parent: "t", at: 1, usage: tokens(10, 1), meter: "c", model: "claude-other" }),
      total("t", { meter: "c", model: sonnet, usage: tokens(1_000, 100) }),
      total("t", { meter: "c", model: haiku, usage: tokens(10, 21) }),
    );
    const [rest] = costs.lines.filter(({ kind }) => kind === "unattributed");
    expect(rest).toMatchObject({
      model: null,
      cost: { usd: null, unknown: "which model answered is not known" },
    });
  });

  test("is not there where every token belongs to a call", () => {
    const costs = ledger(
      turn("t", 0),
      ...call("m", { parent: "t", at: 1, usage: tokens(1_000, 100), meter: "c" }),
      total("t", { meter: "c", model: sonnet, usage: tokens(1_000, 100) }),
    );
    expect(costs.lines.map(({ kind }) => kind)).toEqual(["call"]);
  });

  test("is made good by the next turn, where a call was in flight when the counter was read", () => {
    const costs = ledger(
      turn("t", 0),
      ...call("m", { parent: "t", at: 1, usage: tokens(1_000, 100), meter: "c" }),
      total("t", { meter: "c", model: sonnet, usage: tokens(1_000, 40) }),
      turn("u", 10),
      total("u", { meter: "d", model: sonnet, usage: tokens(0, 60) }),
    );
    expect(amounts(costs)).toEqual(["0.0045", "-0.0009", "0.0009"]);
    expect(exactText(sumUp(costs).usd ?? 0n)).toBe("0.0045");
  });

  test("has the searches that only the total knows of", () => {
    const costs = ledger(
      turn("t", 0),
      ...call("m", {
        parent: "t",
        at: 1,
        usage: tokens(1_000, 100),
        meter: "c",
        native: { server_tool_use: { web_search_requests: 1 } },
      }),
      total("t", {
        meter: "c",
        model: sonnet,
        usage: tokens(1_000, 101),
        native: { usage: { server_tool_use: { web_search_requests: 3 } } },
      }),
    );
    expect(amounts(costs)).toEqual(["0.0145", "0.020015"]);
  });

  test("has no price where its calls were made on different terms", () => {
    const costs = ledger(
      turn("t", 0),
      ...call("m", {
        parent: "t",
        at: 1,
        usage: tokens(1, 1),
        meter: "c",
        native: { service_tier: "batch" },
      }),
      ...call("n", { parent: "t", at: 3, usage: tokens(1, 1), meter: "c" }),
      total("t", { meter: "c", model: sonnet, usage: tokens(2, 100) }),
    );
    expect(amounts(costs).at(-1)).toBe("its calls were made on different terms");
  });
});

test("an estimate that falls short of one model's calls takes nothing away from them", () => {
  const said = [
    turn("t", 0),
    ...call("m", { parent: "t", at: 1, usage: tokens(10, 1), meter: "c" }),
    estimate({ meter: "c", model: sonnet, usage: tokens(8, 1) }),
    estimate({ meter: "c", model: haiku, usage: tokens(5, 1) }),
  ];
  const { lines } = ledger(...said);
  expect(lines.map(({ kind, model, usage }) => [kind, model, usage?.input, usage?.output])).toEqual(
    [
      ["call", sonnet, 10, 1],
      ["unattributed", null, 3, 1],
    ],
  );
  expect(recordedSession(said).view.spans[0]?.unattributed).toMatchObject({ input: 3, output: 1 });
});
