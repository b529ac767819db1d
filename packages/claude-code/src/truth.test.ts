import { addUsage, type SessionView, type Usage, unknownUsage } from "@spoor/core";
import { draftsOf, foldOf, recordAll } from "@spoor/testing";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { claudeCode } from "./adapter.ts";
import { scenarios, truth } from "./fixtures.ts";

/** Nobody could count these: a call that was cut while it streamed, and a run that ended without a result. */
const uncountable: ReadonlySet<string> = new Set(["k2-interrupt", "t-abort"]);

function viewsOf(scenario: string): readonly SessionView[] {
  const file = new URL(`./fixtures/${scenario}.native.ndjson`, import.meta.url);
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  const tree = foldOf(recordAll(draftsOf(claudeCode, lines)).events);
  return tree.sessions().flatMap((id) => tree.session(id) ?? []);
}

/** What the spans say: the calls that were seen, and what the counters show beyond them. */
function told(views: readonly SessionView[]): Usage {
  const usages = views.flatMap(({ spans }) =>
    spans.flatMap(({ usage, unattributed }) => [usage ?? [], unattributed ?? []].flat()),
  );
  return usages.reduce(addUsage, unknownUsage);
}

describe.each(scenarios.filter((scenario) => !uncountable.has(scenario)))("%s", (scenario) => {
  test("attributed and unattributed tokens together are what the API answered, bucket by bucket", () => {
    const answers = truth(scenario).map(({ usage }) => usage);
    const { input, cacheRead, cacheWrite, output } = told(viewsOf(scenario));
    expect({ input, cacheRead, cacheWrite, output }).toEqual({
      input: answers.reduce((sum, usage) => sum + usage.input_tokens, 0),
      cacheRead: answers.reduce((sum, usage) => sum + usage.cache_read_input_tokens, 0),
      cacheWrite: answers.reduce((sum, usage) => sum + usage.cache_creation_input_tokens, 0),
      output: answers.reduce((sum, usage) => sum + usage.output_tokens, 0),
    });
    expect(viewsOf(scenario).every(({ usageComplete }) => usageComplete)).toBe(true);
  });
});

test.each([...uncountable])("%s says that its tokens are incomplete", (scenario) => {
  expect(viewsOf(scenario).some(({ usageComplete }) => !usageComplete)).toBe(true);
});

test("a turn that a background agent outlives is charged for what its own counter read", () => {
  const [view] = viewsOf("e3-subagent-background");
  const turns = view?.spans.filter(({ kind }) => kind === "turn") ?? [];
  expect(turns.map(({ unattributed }) => unattributed?.output)).toEqual([81, 46]);
});
