import { join } from "node:path";
import { expect, test } from "vitest";
import { describeAdapter } from "./describe-adapter.ts";
import { exampleAdapter, outputOnly } from "./example-adapter.fixture.ts";
import { foldOf, recordAll, draftsOf } from "./recorded.ts";
import { toldOf, truthOf } from "./truth.ts";

const fixtures = join(import.meta.dirname, "fixtures");
const usageIn = (line: string): ReturnType<typeof outputOnly> =>
  outputOnly((JSON.parse(line) as { readonly tokens: number }).tokens);

describeAdapter(exampleAdapter, { fixtures, truth: { usageIn, uncountable: ["uncounted"] } });

test("the truth is the sum of its lines, and nothing where nobody wrote it down", () => {
  expect(truthOf(fixtures, "hidden-call", { usageIn })).toMatchObject({ input: null, output: 12 });
  expect(truthOf(fixtures, "unwatched", { usageIn })).toBeNull();
});

function outputOf(...lines: readonly string[]): number | null {
  const tree = foldOf(recordAll(draftsOf(exampleAdapter, lines)).events);
  return toldOf(tree.sessions().flatMap((id) => tree.session(id) ?? [])).output;
}

test("what a counter shows beyond the calls that were seen is told beside them", () => {
  const question = '{"says":"question","id":"q"}';
  const answer = '{"says":"answer","id":"a","tokens":7}';
  expect(outputOf(question)).toBeNull();
  expect(outputOf(question, answer)).toBe(7);
  expect(outputOf(question, answer, '{"says":"total","tokens":12}')).toBe(12);
});
