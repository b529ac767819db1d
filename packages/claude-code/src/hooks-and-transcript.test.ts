import { existsSync, readFileSync } from "node:fs";
import type { EventDraft, Span } from "@spoor/core";
import { describe, expect, test } from "vitest";
import { draftsBy, linesOf, scenarios } from "./fixtures.ts";
import { claudeHooks } from "./hooks/adapter.ts";
import { claudeTranscript } from "./transcript/adapter.ts";
import { spansIn, viewsOf } from "./used.fixture.ts";

const fileOf = (scenario: string): URL =>
  new URL(`./hooks/fixtures/${scenario}.native.ndjson`, import.meta.url);

/** Each told to a process of its own, as command hooks are. */
const hooked = (scenario: string): readonly EventDraft[] =>
  readFileSync(fileOf(scenario), "utf8")
    .trimEnd()
    .split("\n")
    .flatMap((line) => draftsBy(claudeHooks, [line]));

const countOf = (kind: Span["kind"], drafts: readonly EventDraft[]): number =>
  spansIn(viewsOf(drafts)).filter((span) => span.kind === kind).length;

describe("command hooks and the transcript tell of the same", () => {
  test.each(scenarios.filter((scenario) => existsSync(fileOf(scenario))))("in %s", (scenario) => {
    const transcript = draftsBy(claudeTranscript, linesOf(scenario, "transcript"));
    for (const kind of ["turn", "compaction", "tool", "agent"] as const) {
      const both = [...hooked(scenario), ...transcript];
      expect([kind, countOf(kind, both)]).toEqual([kind, countOf(kind, transcript)]);
    }
  });
});
