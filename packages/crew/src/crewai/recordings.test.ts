import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { eventsOf, runsOf, toldBy, truthOf, versions } from "./recordings.fixture.ts";

/** Why the tokens of a run are not all told. The others are, to the last one. */
const untold: Readonly<Record<string, string>> = {
  "a4-no-usage": "the server sends no usage, which CrewAI tells as a total of 0",
  "e2-pydantic-conversion-retry":
    "two paid answers did not fit the form asked for: failed calls, without usage",
  "g-bad-request": "what a failed call used is unknown, even where nothing was",
  "g3-500-fails": "what a failed call used is unknown, even where nothing was",
  "g5-context-exceeded": "what a failed call used is unknown, even where nothing was",
  "l-reasoning": "calls with tools of their own (planning) end without usage",
  "s5-streaming-no-usage": "a stream without a chunk of usage",
  "t3-litellm-native-tools": "the client of LiteLLM tells no end of a call that asks for tools",
  "t5-litellm-error": "what a failed call used is unknown, even where nothing was",
  "x-checkpoint-restore": "what a failed call used is unknown, even where nothing was",
};

/** Of these, the tokens that are told are all that were used: nobody can know that from the events. */
const nothingMissing: ReadonlySet<string> = new Set([
  "a4-no-usage",
  "g-bad-request",
  "g3-500-fails",
  "g5-context-exceeded",
  "s5-streaming-no-usage",
  "t5-litellm-error",
  "x-checkpoint-restore",
]);

describe.each(runsOf("v1.15.30"))("%s", (run) => {
  const name = run.replace("v1.15.30/", "");
  const { tokens, complete, refused } = toldBy(eventsOf(run));

  test(
    untold[name] === undefined ? "tells every token that the server counted" : untold[name],
    () => {
      expect(complete).toBe(untold[name] === undefined);
      if (complete || nothingMissing.has(name)) expect(tokens).toEqual(truthOf(run));
      else expect(tokens.input).toBeLessThan(truthOf(run).input);
      expect(refused).toBeNull();
    },
  );
});

describe.each(versions.slice(1).flatMap(runsOf))("%s", (run) => {
  test("tells no tokens, as no version before 1.13 does, and says that they are missing", () => {
    const { tokens, complete, refused } = toldBy(eventsOf(run));
    expect({ tokens, complete, refused }).toEqual({
      tokens: { input: 0, output: 0 },
      complete: false,
      refused: null,
    });
  });
});

describe.each(versions)("what the runs of %s amount to", (version) => {
  test("are the reviewed trees", async () => {
    const trees = runsOf(version).map((run) => `## ${run}\n\n${toldBy(eventsOf(run)).trees}`);
    await expect(trees.join("\n\n")).toMatchFileSnapshot(
      join(import.meta.dirname, `fixtures/recordings/${version}.trees.txt`),
    );
  });
});
