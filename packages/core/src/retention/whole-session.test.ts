import { expect, test } from "vitest";
import type { SessionSummary } from "../report/report.ts";
import { wholeSession } from "./whole-session.ts";

const part: SessionSummary = {
  id: "talk",
  inferred: false,
  framework: null,
  userId: null,
  feature: null,
  tags: ["a"],
  environment: null,
  release: null,
  status: "ok",
  startedAt: "2026-01-01T00:00:00.000Z",
  endedAt: "2026-01-01T00:01:00.000Z",
  turns: 2,
  modelCalls: 3,
  toolCalls: 1,
  errors: 1,
  usage: { input: 10, cacheRead: null, cacheWrite: 0, output: 5, reasoning: null },
  unattributed: null,
  usageComplete: true,
  cost: { usd: null, reportedUsd: 0.5, unpriced: 3, unpricedRests: 0 },
};

const later: SessionSummary = {
  ...part,
  framework: "langgraph",
  userId: "ann",
  tags: ["b", "a"],
  status: "open",
  startedAt: "2026-03-01T00:00:00.000Z",
  endedAt: null,
  usage: { ...part.usage, cacheRead: 7 },
  unattributed: part.usage,
  usageComplete: false,
  cost: { usd: 0.1, reportedUsd: null, unpriced: 0, unpricedRests: 1 },
};

test("numbers add up, unknown stays unknown, and the last part says how it stands", () => {
  expect(wholeSession([part, later])).toEqual({
    ...part,
    framework: "langgraph",
    userId: "ann",
    tags: ["a", "b"],
    status: "open",
    endedAt: null,
    turns: 4,
    modelCalls: 6,
    toolCalls: 2,
    errors: 2,
    usage: { input: 20, cacheRead: 7, cacheWrite: 0, output: 10, reasoning: null },
    unattributed: part.usage,
    usageComplete: false,
    cost: { usd: 0.1, reportedUsd: 0.5, unpriced: 3, unpricedRests: 1 },
  });
});

test("of one part it is that part", () => {
  expect(wholeSession([part])).toEqual(part);
});
