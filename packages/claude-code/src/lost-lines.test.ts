import { describe, expect, test } from "vitest";
import { draftsBy, linesOf, scenarios } from "./fixtures.ts";
import { claudeCode } from "./stream/adapter.ts";
import type { ClaudeMessage } from "./stream/native.ts";
import { claudeTranscript } from "./transcript/adapter.ts";
import { answered, usedIn, viewsOf } from "./used.fixture.ts";

type Lines = readonly ClaudeMessage[];

const isResult = ({ type }: ClaudeMessage): boolean => type === "result";
const withoutFirst = (lines: Lines, lost: (line: ClaudeMessage) => boolean): Lines => {
  const first = lines.findIndex(lost);
  return lines.filter((_, index) => index !== first);
};
const withoutSince = (lines: Lines): Lines =>
  lines.map((line) => ({ ...line, model_usage_since_last_result: undefined }));

/** What somebody may have kept of a stream. */
const parts: Readonly<Record<string, (lines: Lines) => Lines>> = {
  "all but what the program says of itself": (lines) =>
    lines.filter(({ type }) => type !== "system" && type !== "stream_event"),
  "all but its first line": (lines) => lines.slice(1),
  "what comes after its second line": (lines) => lines.slice(2),
  "its results": (lines) => lines.filter(isResult),
  "its results, as one asks for them": (lines) => withoutSince(lines.filter(isResult)),
  "all but an answer": (lines) => withoutFirst(lines, ({ type }) => type === "assistant"),
  "all but a result": (lines) => withoutFirst(lines, isResult),
  "all but a result, in an older version": (lines) => withoutSince(withoutFirst(lines, isResult)),
};

describe.each(Object.entries(parts))("with a transcript and %s", (_, keep) => {
  test.each(scenarios)("%s is complete only where it is all that was used", (scenario) => {
    const lines = linesOf(scenario, "stream").flatMap((line) => claudeCode.parse(line) ?? []);
    const views = viewsOf([
      ...draftsBy(claudeCode, keep(lines)),
      ...draftsBy(claudeTranscript, linesOf(scenario, "transcript")),
    ]);
    if (views.every(({ usageComplete }) => usageComplete)) {
      expect(usedIn(views)).toEqual(answered(scenario));
    }
  });
});

test("a lone result and its transcript tell of one turn", () => {
  const views = viewsOf([
    ...draftsBy(claudeCode, linesOf("z2-cli-json", "stream")),
    ...draftsBy(claudeTranscript, linesOf("z2-cli-json", "transcript")),
  ]);
  const turns = views.flatMap(({ spans }) => spans.filter(({ kind }) => kind === "turn"));
  expect(turns).toHaveLength(1);
  expect(views.every(({ usageComplete }) => usageComplete)).toBe(true);
  expect(usedIn(views)).toEqual(answered("z2-cli-json"));
});
