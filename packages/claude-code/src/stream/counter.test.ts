import { describe, expect, test } from "vitest";
import { init, result, system } from "./example-lines.ts";
import type { Extra } from "./example-lines.ts";
import { draftsOf, ofType } from "../fixtures.ts";

const shown = (inputTokens: number, costUSD: number, more: Extra = {}): Extra => ({
  opus: {
    ...more,
    inputTokens,
    outputTokens: 1,
    cacheReadInputTokens: 0,
    cacheCreationInputTokens: 0,
    costUSD,
  },
});
const fees = (count: number): Extra => ({
  usage: { server_tool_use: { web_search_requests: count } },
});
const totalsOf = (...lines: readonly object[]) =>
  ofType(draftsOf([init(), ...lines]), "usage.reported");

describe("what a turn's counter shows", () => {
  test("is what the framework says was used since the result before, model by model", () => {
    const used = { ...shown(5, 0.5), haiku: { inputTokens: 2, thinkingTokens: 1 } };
    expect(
      totalsOf(result("r1", { model_usage_since_last_result: used, modelUsage: shown(99, 9) })),
    ).toMatchObject([
      {
        on: "turn@init",
        mark: "r1:opus",
        basis: "total",
        meter: "since@init",
        reportedUsd: 0.5,
        final: true,
      },
      { mark: "r1:haiku", model: "haiku", usage: { input: 2, output: null, reasoning: 1 } },
    ]);
  });

  test("is else what the session's counter rose by", () => {
    const totals = totalsOf(
      result("r1", { modelUsage: shown(5, 0.5) }),
      result("r2", { modelUsage: shown(5, 0.5) }),
      result("r3", { modelUsage: shown(8, 0.75) }),
    );
    expect(totals).toMatchObject([
      { mark: "r1:opus", meter: "since@init", usage: { input: 5 }, reportedUsd: 0.5 },
      { mark: "r3:opus", meter: "since@r2", usage: { input: 3, output: 0 }, reportedUsd: 0.25 },
    ]);
  });

  test("says how often the provider searched, which has a price of its own", () => {
    const totals = totalsOf(
      result("r1", { modelUsage: shown(5, 0.5, { webSearchRequests: 2 }) }),
      result("r2", { modelUsage: shown(6, 0.6, { webSearchRequests: 3 }) }),
      result("r3", { model_usage_since_last_result: shown(1, 0.1) }),
    );
    expect(totals.map(({ native }) => native)).toEqual([fees(2), fees(1), undefined]);
  });

  test("counts from zero where the session's counter fell", () => {
    const totals = totalsOf(
      result("r1", { modelUsage: shown(5, 0.5) }),
      result("r2", { modelUsage: shown(2, 0.2) }),
    );
    expect(totals.map(({ usage }) => usage.input)).toEqual([5, 2]);
  });

  test("goes on from where it was after a crash that shows nothing", () => {
    const totals = totalsOf(
      result("r1", { modelUsage: shown(5, 0.5) }),
      result("r2", { modelUsage: {} }),
      result("r3", { modelUsage: shown(8, 0.8) }),
    );
    expect(totals.map(({ usage }) => usage.input)).toEqual([5, 3]);
  });

  test("is only an estimate where a call was cut, and exact again afterwards", () => {
    const used = { model_usage_since_last_result: shown(5, 0.5) };
    const cut = system("api_retry", "x1", { error_status: null });
    const refused = system("api_retry", "x2", { error_status: 529 });
    const aborted = result("r3", { ...used, terminal_reason: "aborted_streaming" });
    const totals = totalsOf(cut, result("r1", used), refused, result("r2", used), aborted);
    expect(totals.map(({ final }) => final)).toEqual([false, true, false]);
  });
});
