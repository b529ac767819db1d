import { describe, expect, test } from "vitest";
import { recording, scenarios } from "./fixtures.ts";
import { parseRecordedLine } from "./recorded-line.ts";

const line = (event: string, args: object): string =>
  JSON.stringify({ seq: 7, t_us: 1, event, args });

describe("a line", () => {
  test.each(scenarios)("of %s is understood, every one", (scenario) => {
    const kinds = recording(scenario).map((text) => parseRecordedLine(text)?.kind);
    expect(kinds[0]).toBe("header");
    expect(kinds.filter((kind) => kind === undefined || kind === "unknown")).toEqual([]);
  });

  test.each([
    "",
    "not json",
    "[]",
    "7",
    "{}",
    '{"event":"handleChainEnd"}',
    line("handleChainEnd", {}),
  ])("that is none of ours is null: %s", (text) => {
    expect(parseRecordedLine(text)).toBeNull();
  });

  test("carries its arguments by name, and its place in the recording", () => {
    const read = parseRecordedLine(
      line("handleToolStart", { runId: "r", input: "{}", runName: "add", toolCallId: "c" }),
    );
    expect(read).toEqual({
      kind: "tool.started",
      runId: "r",
      runName: "add",
      classPath: [],
      tags: [],
      metadata: {},
      toolCallId: "c",
      input: "{}",
      order: 7,
    });
  });

  test("never takes live options along", () => {
    const extraParams = { options: { signal: {} }, invocation_params: { temperature: 1 } };
    const read = parseRecordedLine(
      line("handleChatModelStart", { runId: "r", messages: [[]], extraParams }),
    );
    expect(read).toMatchObject({ kind: "model.started", invocationParams: { temperature: 1 } });
    expect(JSON.stringify(read)).not.toContain("signal");
  });

  test("of an inherited name is unknown, not a function of ours", () => {
    expect(parseRecordedLine(line("constructor", {}))).toMatchObject({
      kind: "unknown",
      name: "constructor",
    });
  });
});
