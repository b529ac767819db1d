import type { DraftOf, Usage } from "@spoor/core";
import { describe, expect, test } from "vitest";
import { draftsOf, recording, scenarios, truth } from "./fixtures.ts";
import type { Answer } from "./fixtures.ts";

type Report = DraftOf<"usage.reported">;

const reportsOf = (scenario: string): readonly Report[] =>
  draftsOf(recording(scenario)).filter((draft) => draft.type === "usage.reported");

interface Tokens {
  readonly input: number;
  readonly output: number;
}
const sum = (all: readonly Tokens[]): Tokens => ({
  input: all.reduce((total, { input }) => total + input, 0),
  output: all.reduce((total, { output }) => total + output, 0),
});
const said = ({ input, cacheRead, cacheWrite, output }: Usage): Tokens => ({
  input: (input ?? NaN) + (cacheRead ?? NaN) + (cacheWrite ?? NaN),
  output: output ?? NaN,
});
const answered = ({ usage }: Answer): Tokens => ({
  input: usage.input_tokens + usage.cache_read_input_tokens + usage.cache_creation_input_tokens,
  output: usage.output_tokens,
});

/** Without a result there is no total, and of a cut call the framework gives only an estimate. */
const exact = scenarios.filter((name) => name !== "t-abort" && name !== "k2-interrupt");
/** Calls that the stream does not show: a subagent's last words, a compaction's summary. */
const hidden: Readonly<Record<string, number>> = { "e-subagent": 1, "l-compact": 1 };

describe.each(exact)("%s", (scenario) => {
  const reports = reportsOf(scenario);
  const totals = reports.filter(({ basis }) => basis === "total");

  test("all counters together show what the API answered", () => {
    expect(totals.every(({ final }) => final)).toBe(true);
    expect(sum(totals.map(({ usage }) => said(usage)))).toEqual(sum(truth(scenario).map(answered)));
  });

  test("each counter shows what the calls that name it have used, and beyond them only hidden calls", () => {
    const meterOf = new Map(
      reports.flatMap(({ basis, on, meter }) => (basis === "call" ? [[on, meter]] : [])),
    );
    const seen = truth(scenario).filter(({ message_id: id }) => meterOf.has(id));
    expect(truth(scenario).length - seen.length).toBe(hidden[scenario] ?? 0);
    const short = [...new Set(totals.map(({ meter }) => meter))].filter((meter) => {
      const shown = sum(totals.filter((total) => total.meter === meter).map((t) => said(t.usage)));
      const used = sum(seen.filter((call) => meterOf.get(call.message_id) === meter).map(answered));
      return JSON.stringify(shown) !== JSON.stringify(used);
    });
    expect(short).toHaveLength(hidden[scenario] ?? 0);
  });

  test("the input of a call is exact, its output a placeholder that says so", () => {
    const calls = reports.filter(({ basis }) => basis === "call");
    expect(calls.every(({ final }) => !final)).toBe(true);
    const real = new Map(truth(scenario).map((call) => [call.message_id, answered(call).input]));
    for (const call of calls) expect(said(call.usage).input).toBe(real.get(call.on));
  });
});

test("k2-interrupt: the total of the turn that was cut is not final, the next one is", () => {
  const totals = reportsOf("k2-interrupt").filter(({ basis }) => basis === "total");
  expect(totals.map(({ final }) => final)).toEqual([false, true]);
});

test("t-abort: without a result nobody says a total", () => {
  expect(reportsOf("t-abort").map(({ basis }) => basis)).toEqual(["call"]);
});
