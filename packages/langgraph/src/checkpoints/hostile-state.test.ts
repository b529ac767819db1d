import type { RunnableConfig } from "@langchain/core/runnables";
import { MemorySaver } from "@langchain/langgraph";
import { describe, expect, test } from "vitest";
import { called, checkpointsIn, staged } from "./audited.fixture.ts";

/** It holds what it is given, and reads nothing of it. */
class Holding extends MemorySaver {
  override async put(): Promise<RunnableConfig> {
    return { configurable: {} };
  }
  override async putWrites(): Promise<void> {}
}

const cycle: { self?: unknown } = {};
cycle.self = cycle;
let deep: unknown = "the bottom";
for (let level = 0; level < 10_000; level += 1) deep = { deep };
const refusal = (): never => {
  throw new Error("do not look at me");
};
const untouchable = new Proxy({}, { get: refusal, has: refusal, ownKeys: refusal });

describe("a state or a config that cannot be looked at reaches the checkpointer, and is told as far as it can be:", () => {
  const config = { configurable: { thread_id: "thread", checkpoint_ns: "", checkpoint_id: "0" } };
  test.each<readonly [string, unknown]>([
    [
      "a getter that throws",
      {
        get now(): number {
          return refusal();
        },
      },
    ],
    ["a cycle", cycle],
    ["a bigint", { amount: 10n }],
    ["10,000 levels", deep],
    ["5 MB", "x".repeat(5 * 1024 * 1024)],
    ["a proxy that throws", untouchable],
    ["a function", () => 1],
    ["a promise", Promise.resolve(1)],
  ])("%s", async (_, value) => {
    const { saver, observer } = staged({ values: true }, new Holding());
    const checkpoint = {
      v: 4,
      id: "1",
      ts: "",
      channel_values: { value },
      channel_versions: { value: 1 },
      versions_seen: {},
    };
    await called(saver, "put", config, checkpoint, { source: "input", step: -1 }, { value: 1 });
    await called(saver, "putWrites", config, [["value", value]], "task");
    const drafts = checkpointsIn(observer.heard());
    expect(drafts.map(({ type }) => type)).toEqual(["checkpoint.saved", "checkpoint.written"]);
  });

  test.each<readonly [string, readonly unknown[]]>([
    ["a config", [untouchable, { id: "1" }, {}, {}]],
    ["a checkpoint", [config, untouchable, {}, {}]],
    ["metadata", [config, { id: "1" }, untouchable, untouchable]],
    ["nothing at all", []],
    ["nonsense", [1, "two", null, [4]]],
  ])("%s", async (_, given) => {
    const { saver } = staged({ label: "label" }, new Holding());
    await expect(called(saver, "put", ...given)).resolves.toEqual({ configurable: {} });
    await expect(called(saver, "putWrites", ...given)).resolves.toBeUndefined();
  });
});

test("an observer that throws is nobody's trouble", async () => {
  const { saver, observer } = staged({}, new Holding());
  observer.emit = refusal;
  const config = { configurable: { thread_id: "thread" } };
  await expect(called(saver, "put", config, { id: "1" }, {}, {})).resolves.toEqual({
    configurable: {},
  });
});
