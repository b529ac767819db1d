import type { DraftOf, Usage } from "@spoor/core";
import { describe, expect, test } from "vitest";
import { draftsOf, recording, scenarios, truth } from "../fixtures.ts";
import type { Answer } from "../fixtures.ts";

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

/** Nobody could count these: a call that was cut while it streamed, and a run that ended without a result. */
const uncountable = ["g8-stream-cut", "k2-interrupt", "t-abort"];
const exact = scenarios.filter((name) => !uncountable.includes(name));
/** Calls that the stream does not show: a subagent's last words, a compaction's summary, and whatever came before a lone result. */
const hidden: Readonly<Record<string, number>> = {
  "e-subagent": 1,
  "e6-subagent-other-model": 1,
  "l-compact": 1,
  "r2-command-hooks": 1,
  "x-session-store": 1,
  "z2-cli-json": 1,
};

const key = (meter: string | undefined, model: string | undefined) => `${meter} ${model}`;

describe.each(exact)("%s", (scenario) => {
  const reports = reportsOf(scenario);
  const totals = reports.filter(({ basis }) => basis === "total");
  const calls = reports.filter(({ basis }) => basis === "call");

  test("each counter shows what the calls that name it have used, and beyond them only hidden calls", () => {
    expect(totals.every(({ final }) => final)).toBe(true);
    const meterOf = new Map(calls.map(({ on, meter }) => [on, meter]));
    const seen = truth(scenario).filter(({ message_id: id }) => meterOf.has(id));
    expect(truth(scenario).length - seen.length).toBe(hidden[scenario] ?? 0);
    const short = totals.filter((total) => {
      const used = seen.filter(
        ({ message_id: id, model }) =>
          key(meterOf.get(id), model) === key(total.meter, total.model),
      );
      return JSON.stringify(said(total.usage)) !== JSON.stringify(sum(used.map(answered)));
    });
    expect(short).toHaveLength(hidden[scenario] ?? 0);
  });

  test("the input of a call is exact, and so is its output where it is said to be", () => {
    const real = new Map(truth(scenario).map((call) => [call.message_id, answered(call)]));
    for (const { on, usage, final } of calls) {
      expect(said(usage).input).toBe(real.get(on)?.input);
      if (final) expect(said(usage).output).toBe(real.get(on)?.output);
    }
  });
});

test("only partial messages tell of a call how it ended", () => {
  const final = scenarios.filter((scenario) =>
    reportsOf(scenario).some((report) => report.basis === "call" && report.final),
  );
  expect(final).toEqual(["j-partial-messages"]);
});

test("a turn that a background agent outlives is charged for what its own counter read", () => {
  const totals = reportsOf("e3-subagent-background").filter(({ basis }) => basis === "total");
  expect(totals.map(({ usage }) => said(usage).output)).toEqual([83, 49]);
});

test("k2-interrupt: the total of the turn that was cut is not final, the next one is", () => {
  const totals = reportsOf("k2-interrupt").filter(({ basis }) => basis === "total");
  expect(totals.map(({ final }) => final)).toEqual([false, true]);
});

test("t-abort: without a result nobody says a total", () => {
  expect(reportsOf("t-abort").map(({ basis }) => basis)).toEqual(["call"]);
});
