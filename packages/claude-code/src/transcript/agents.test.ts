import type { EventDraft } from "@spoor/core";
import { describe, expect, test } from "vitest";
import { draftsBy, ofType } from "../fixtures.ts";
import { spansIn, viewsOf } from "../used.fixture.ts";
import { claudeTranscript } from "./adapter.ts";
import { agentMetadataLine, agentMetadataPath } from "./agent-metadata.ts";
import {
  aside,
  assistant,
  clock,
  clockMs,
  metadata,
  prompt,
  synthetic,
  system,
  text,
  toolResult,
  toolUse,
  user,
} from "./example-lines.ts";
import type { TranscriptLine } from "./native.ts";

const draftsOf = (...lines: readonly TranscriptLine[]): readonly EventDraft[] =>
  draftsBy(claudeTranscript, lines);

const asked = { subagent_type: "scout", prompt: "look around" };
const spawn = [
  prompt("u1"),
  assistant("a1", { call: "m1", block: toolUse("t1", "Agent", asked), stop: "tool_use" }),
];
const task = aside("k1", user("v1", "look around", { parentUuid: null, timestamp: clock(2) }));
const answer = aside("k1", assistant("b1", { call: "m2", block: text("all quiet"), second: 5 }));

/** As older versions have it: in the file of the conversation, and without a name. */
const between = (uuid: string, parentUuid: string | null, of: TranscriptLine) => ({
  ...of,
  uuid,
  parentUuid,
  isSidechain: true,
});

const kindsOf = (...files: readonly (readonly TranscriptLine[])[]) =>
  spansIn(viewsOf(files.flatMap((file) => draftsOf(...file))))
    .filter(({ kind }) => kind === "agent")
    .map(({ agent }) => agent);

describe("a subagent", () => {
  const returned = toolResult("u2", "t1", {
    toolUseResult: { status: "completed", agentId: "k1", content: [] },
  });

  test("is of the kind that it was asked for as, where nothing lies beside its file", () => {
    expect(kindsOf([task, answer], [...spawn, returned])).toEqual(["scout"]);
    expect(kindsOf([task, answer, ...spawn, returned])).toEqual(["scout"]);
  });

  test("is of the kind that its metadata tells, also if that is written later", () => {
    expect(kindsOf([task, answer], [metadata("k1", "t1"), task, answer])).toEqual(["scout"]);
    expect(kindsOf([task, answer, metadata("k1", "t1")])).toEqual(["scout"]);
  });

  test("is the work of the tool call that its metadata names", () => {
    const drafts = draftsOf(...spawn, metadata("k1", "t1"), task, answer);
    expect(ofType(drafts, "work.started")).toMatchObject([
      {
        kind: "agent",
        key: "agent@t1",
        parent: "t1",
        name: "scout",
        input: "look around",
        at: { ms: clockMs(2), inferred: true },
        native: { agentId: "k1", description: "looks around" },
      },
    ]);
    expect(ofType(drafts, "work.ended")).toMatchObject([
      { key: "agent@t1", at: { ms: clockMs(5) }, outcome: { status: "ok" }, output: "all quiet" },
    ]);
    expect(ofType(drafts, "model.started").at(-1)).toMatchObject({ key: "m2", parent: "agent@t1" });
    expect(ofType(drafts, "message.received")).toEqual([]);
  });

  test("has its own id for another name, by which hooks know it", () => {
    const names = ofType(draftsOf(...spawn, metadata("k1", "t1"), task), "span.amended");
    expect(names).toContainEqual(expect.objectContaining({ on: "agent@t1", alias: "agent@k1" }));
  });

  test("whose file says no more than its id is found by what its spawner got back", () => {
    const returned = toolResult("u2", "t1", {
      toolUseResult: { status: "completed", agentId: "k1" },
    });
    const found = ofType(draftsOf(task, answer, ...spawn, returned), "span.amended");
    expect(found).toContainEqual(
      expect.objectContaining({ on: "agent@k1", alias: "agent@t1", parent: "t1" }),
    );
  });

  test("of which no file is left is known by what its spawner got back", () => {
    const result = {
      status: "completed",
      agentId: "k1",
      agentType: "scout",
      content: [text("all quiet")],
    };
    const drafts = draftsOf(...spawn, toolResult("u2", "t1", { toolUseResult: result }));
    expect(ofType(drafts, "work.started")).toMatchObject([
      { key: "agent@t1", input: "look around" },
    ]);
    expect(ofType(drafts, "work.ended")).toMatchObject([{ output: "all quiet" }]);
  });

  test("that runs in the background is not done when its tool returns", () => {
    const launched = toolResult("u2", "t1", {
      toolUseResult: { status: "async_launched", agentId: "k1" },
    });
    expect(ofType(draftsOf(...spawn, launched), "work.ended")).toEqual([]);
    expect(ofType(draftsOf(...spawn, launched, task, answer), "work.ended")).toHaveLength(1);
  });

  test("that failed is an error", () => {
    const failed = aside("k1", synthetic("b1", "API Error", { isApiErrorMessage: true }));
    expect(
      ofType(draftsOf(...spawn, metadata("k1", "t1"), task, failed), "work.ended"),
    ).toMatchObject([
      { outcome: { status: "error", errorType: "agent_failed" }, detail: "API Error" },
    ]);
  });

  test("that was interrupted is cancelled", () => {
    const interrupt = aside("k1", user("v2", [text("[Request interrupted by user]")]));
    const lines = [...spawn, metadata("k1", "t1"), task, interrupt];
    expect(ofType(draftsOf(...lines), "work.ended")).toMatchObject([
      { outcome: { status: "cancelled" } },
    ]);
  });

  test("whose talk was summarised has used what no transcript counts", () => {
    const boundary = aside("k1", system("compact_boundary", "v2"));
    const drafts = draftsOf(...spawn, metadata("k1", "t1"), task, boundary);
    expect(ofType(drafts, "usage.reported")).toMatchObject([
      { on: "turn@u1", basis: "total", final: false },
    ]);
    expect(ofType(drafts, "native.noted")).toMatchObject([{ on: "agent@t1" }]);
  });

  test("of an older version speaks between the lines of the conversation, and is known by what it was asked", () => {
    const drafts = draftsOf(
      ...spawn,
      between("v1", null, user("v1", "look around")),
      between("b1", "v1", assistant("b1", { call: "m2", block: toolUse("t2"), stop: "tool_use" })),
      between("v2", "b1", toolResult("v2", "t2")),
      between("b2", "v2", assistant("b2", { call: "m3", block: text("quiet"), stop: null })),
      toolResult("u2", "t1", { toolUseResult: { content: [text("quiet")], totalDurationMs: 5 } }),
    );
    expect(ofType(drafts, "work.ended")).toMatchObject([{ key: "agent@t1", output: "quiet" }]);
    expect(ofType(drafts, "work.started")).toMatchObject([{ key: "agent@t1", parent: "t1" }]);
    expect(ofType(drafts, "model.started").map(({ key, parent }) => [key, parent])).toEqual([
      ["m1", "turn@u1"],
      ["m2", "agent@t1"],
      ["m3", "agent@t1"],
    ]);
  });
});

describe("what lies beside a subagent's transcript", () => {
  const path = "/home/u/.claude/projects/-p/s/subagents/agent-k1.jsonl";

  test("has its name", () => {
    expect(agentMetadataPath(path)).toBe(
      "/home/u/.claude/projects/-p/s/subagents/agent-k1.meta.json",
    );
    expect(agentMetadataPath("C:\\s\\agent-k1.jsonl")).toBe("C:\\s\\agent-k1.meta.json");
    expect(agentMetadataPath("/home/u/.claude/projects/-p/s.jsonl")).toBeNull();
  });

  test("becomes a line that can be read, or none", () => {
    const line = agentMetadataLine(path, '{"agentType":"scout","toolUseId":"t1"}');
    expect(claudeTranscript.parse(line ?? "")).toEqual({
      type: "agent_metadata",
      agentId: "k1",
      agentType: "scout",
      toolUseId: "t1",
    });
    expect(agentMetadataLine(path, "torn {")).toBeNull();
    expect(agentMetadataLine(path, "[]")).toBeNull();
    expect(agentMetadataLine("s.jsonl", "{}")).toBeNull();
  });
});
