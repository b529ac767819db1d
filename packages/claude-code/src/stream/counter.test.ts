import { describe, expect, test } from "vitest";
import { assistant, init, result, sessionId, system } from "./example-lines.ts";
import type { Extra } from "./example-lines.ts";
import type { ClaudeMessage } from "./native.ts";
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

const lone = (extra: Extra) => ofType(draftsOf([result("r1", extra)]), "usage.reported");

const anew = (line: ClaudeMessage) => ({ ...line, session_id: "session-2" });

describe("what a turn's counter shows", () => {
  test("is what the framework says was used since the result before, model by model", () => {
    const used = { ...shown(5, 0.5), haiku: { inputTokens: 2, thinkingTokens: 1 } };
    expect(
      totalsOf(
        assistant("a1", { call: "m1" }),
        result("r1", { model_usage_since_last_result: used, modelUsage: shown(99, 9) }),
      ),
    ).toMatchObject([
      {
        on: "turn@init",
        mark: "r1:opus",
        basis: "total",
        meter: "from@init",
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
      { mark: "r1:opus", meter: "from@init", usage: { input: 5 }, reportedUsd: 0.5 },
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

  test("is surely the turn's own where nobody knows whether the process was resumed, and more may be missing", () => {
    const own = { usage: { input_tokens: 2, output_tokens: 1 } };
    expect(lone({ ...own, modelUsage: shown(5, 0.5) })).toMatchObject([
      { model: "opus", usage: { input: 2, output: 1 }, final: false },
    ]);
    expect(lone({ ...own, modelUsage: shown(5, 0.5) })[0]).not.toHaveProperty("reportedUsd");
    expect(lone({ ...own, modelUsage: shown(2, 0.2) })).toMatchObject([
      { usage: { input: 2 }, final: true, reportedUsd: 0.2 },
    ]);
  });

  test("is all that the counter shows where the version counts from zero for each process", () => {
    const old = { ...init(), claude_code_version: "2.1.276" };
    const extra = { usage: { input_tokens: 2, output_tokens: 1 }, modelUsage: shown(5, 0.5) };
    const lines = [old, assistant("a1", { call: "m1" }), result("r1", extra)];
    expect(ofType(draftsOf(lines), "usage.reported")).toMatchObject([
      { usage: { input: 5 }, final: true, reportedUsd: 0.5 },
    ]);
  });

  test("covers the calls before a result that is lost, where it is cumulative", () => {
    const usage = { input_tokens: 1, output_tokens: 1 };
    const totals = totalsOf(
      assistant("a1", { call: "m1", usage }),
      init("init-2"),
      assistant("a2", { call: "m2", usage }),
      result("r2", {
        result_index: 1,
        usage,
        modelUsage: shown(1, 0.5),
        claude_code_version: "1.0.0",
      }),
    ).filter(({ basis }) => basis === "total");
    expect(totals.map(({ meter }) => meter)).toEqual(["since@a1", "from@init"]);
  });

  test("is not the last word where the result before it is lost", () => {
    const used = { model_usage_since_last_result: shown(5, 0.5), result_index: 1 };
    const lines = [
      assistant("a1", { call: "m1" }),
      init("init-2"),
      assistant("a2", { call: "m2" }),
    ];
    expect(totalsOf(...lines, result("r2", used))).toMatchObject([{ final: false }]);
  });

  test("goes on in the numbers of its process where the conversation was cleared", () => {
    const used = { model_usage_since_last_result: shown(5, 0.5) };
    const totals = totalsOf(
      assistant("a1", { call: "m1" }),
      result("r1", { ...used, result_index: 0 }),
      { type: "conversation_reset", uuid: "c1", session_id: sessionId },
      anew(init("init-2")),
      anew(assistant("a2", { call: "m2" })),
      anew(result("r2", { ...used, result_index: 1 })),
    );
    expect(totals.map(({ final }) => final)).toEqual([true, true]);
  });

  test("is not the last word of a turn that nothing joins to what another source tells", () => {
    const used = { model_usage_since_last_result: shown(5, 0.5) };
    const own = { usage: { input_tokens: 5, output_tokens: 1 } };
    const finals = (extra: Extra) =>
      ofType(draftsOf([result("r1", { ...used, ...extra })]), "usage.reported")[0]?.final;
    expect([finals({}), finals(own), finals({ ...own, is_error: true })]).toEqual([
      false,
      true,
      false,
    ]);
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
    const spoken = assistant("a1", { call: "m1" });
    const totals = totalsOf(cut, result("r1", used), refused, spoken, result("r2", used), aborted);
    expect(totals.map(({ final }) => final)).toEqual([false, true, false]);
  });
});
