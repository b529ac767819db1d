import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createObserver, type Observer } from "@spoor/core";
import { expect, test } from "vitest";
import { runIn, temporaryFolder } from "../spoor.fixture.ts";
import { coverageOf } from "./coverage.ts";

const usage = { input: 1, cacheRead: 0, cacheWrite: 0, output: 1, reasoning: null };

function recordedFolder(record: (observer: Observer) => void): string {
  const dir = temporaryFolder();
  const observer = createObserver({ journal: { dir } });
  record(observer);
  return dir;
}

function beginTool(observer: Observer, session: string): void {
  const told = { session, source: "api" } as const;
  observer.emit({ ...told, type: "turn.started", key: "turn", name: "t" });
  observer.emit({ ...told, type: "tool.started", key: "tool", name: "read", parent: "turn" });
}

test("calls that ended well without usage are told, and those that failed are not", () => {
  const dir = recordedFolder((observer) => {
    observer.session({ id: "s" }).turn({}, (turn) => {
      turn.model("m", {}, (call) => call.usage(usage));
      turn.model("m", {}, () => "no usage");
      expect(() =>
        turn.model("m", {}, () => {
          throw new Error("rate limit");
        }),
      ).toThrow("rate limit");
    });
  });
  expect(coverageOf(dir, new Map([["s", 1]]))).toMatchObject({
    sessions: 1,
    emptySessions: 0,
    modelCalls: 3,
    callsWithoutUsage: 1,
  });
});

test("a tool that never ended is told once its turn has ended, and not while it goes on", () => {
  const dir = recordedFolder((observer) => {
    beginTool(observer, "over");
    beginTool(observer, "going on");
    observer.emit({
      type: "turn.ended",
      session: "over",
      source: "api",
      key: "turn",
      outcome: { status: "ok" },
    });
  });
  const both = new Map([
    ["over", 1],
    ["going on", 2],
  ]);
  expect(coverageOf(dir, both)).toMatchObject({ sessions: 2, toolCalls: 2, toolsWithoutResult: 1 });
});

test("a turn in which nothing was told, and a span of no turn, are told", () => {
  const dir = recordedFolder((observer) => {
    observer.session({ id: "empty" }).turn({}, () => null);
    observer.emit({
      type: "tool.started",
      session: "lost",
      source: "api",
      key: "k",
      name: "read",
      parent: "never seen",
    });
  });
  const both = new Map([
    ["empty", 1],
    ["lost", 2],
  ]);
  expect(coverageOf(dir, both)).toMatchObject({
    emptySessions: 1,
    unplaced: 1,
    toolsWithoutResult: 1,
  });
});

test("an imported session in which nothing was called is nobody's oversight", async () => {
  const cwd = temporaryFolder();
  const told = { sessionId: "s", timestamp: "2026-11-20T12:00:00.000Z", isSidechain: false };
  const lines = [
    { type: "user", uuid: "u", parentUuid: null, message: { role: "user", content: "hello" } },
    {
      type: "assistant",
      uuid: "a",
      parentUuid: "u",
      isApiErrorMessage: true,
      message: { id: "m", role: "assistant", model: "<synthetic>", content: [] },
    },
  ];
  writeFileSync(
    join(cwd, "s.jsonl"),
    lines.map((line) => `${JSON.stringify({ ...line, ...told })}\n`).join(""),
  );
  expect(await runIn(cwd, ["import", "claude-code", "s.jsonl"])).toMatchObject({ code: 0 });
  const { stdout } = await runIn(cwd, ["doctor", "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({
    journal: { coverage: { sessions: 1, emptySessions: 0 } },
  });
});

test("only the newest sessions are looked at", () => {
  const sessions = Array.from({ length: 25 }, (_, index) => `s${index}`);
  const dir = recordedFolder((observer) => {
    for (const id of sessions) observer.session({ id }).turn({}, () => null);
  });
  expect(coverageOf(dir, new Map(sessions.map((id, index) => [id, index]))).sessions).toBe(20);
});
