import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MemorySaver, START, StateGraph } from "@langchain/langgraph";
import { createObserver } from "@spoor/core";
import { eraseSubject } from "@spoor/core/audit";
import { expect, onTestFinished, test } from "vitest";
import { Log, logs } from "../../live/application.fixture.ts";
import { auditCheckpointer } from "../audit-checkpointer.ts";
import { configOf } from "../audited.fixture.ts";
import { verifyCheckpoints } from "./verify-checkpoints.ts";

async function recorded() {
  const dir = mkdtempSync(join(tmpdir(), "spoor-gone-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const observer = createObserver({ journal: { dir }, flushOnExit: false });
  const saver = new MemorySaver();
  const graph = new StateGraph(Log)
    .addNode("think", logs("thought"))
    .addEdge(START, "think")
    .compile({ checkpointer: auditCheckpointer(saver, observer) });
  await graph.invoke({ log: ["in"] }, configOf(observer, "thread"));
  await graph.invoke({ log: ["again"] }, configOf(observer, "thread"));
  await observer.close();
  return { dir, saver };
}

const erase = (dir: string) =>
  eraseSubject({ dir, subject: "thread", clock: Date.now, pause: () => Promise.resolve() });

test("after an erasure it is said of each checkpoint that its state was not compared, and why", async () => {
  const { dir, saver } = await recorded();
  const lanes = await erase(dir);
  expect(lanes).toMatchObject([{ state: "erased" }]);
  const verified = await verifyCheckpoints(saver, { thread: "thread", journal: dir });
  expect(verified).toMatchObject({ stored: 6, told: 6, findings: [] });
  expect(new Set(verified.unchecked.map(({ code }) => code))).toEqual(new Set(["DIGEST_GONE"]));
  expect(new Set(verified.unchecked.map(({ checkpoint }) => checkpoint)).size).toBe(6);
  expect(verified.unchecked[0]?.message).toBe(
    "what it held was erased, so its state cannot be compared",
  );
});

test("what an erasure leaves is still compared: what is missing, and what goes on from what", async () => {
  const { dir, saver } = await recorded();
  await erase(dir);
  const rows = saver.storage["thread"]?.[""] ?? {};
  const [, second = "", third = ""] = Object.keys(rows).toSorted();
  delete rows[second];
  const row = rows[third];
  if (row) row[2] = undefined;
  const { findings } = await verifyCheckpoints(saver, { thread: "thread", journal: dir });
  expect(findings.map(({ code, checkpoint }) => [code, checkpoint])).toEqual([
    ["PARENT_CHANGED", third],
    ["CHECKPOINT_MISSING", second],
  ]);
});

test("a checkpoint of which nothing could be compared is not called whole", async () => {
  const { dir, saver } = await recorded();
  await erase(dir);
  const { whole } = await verifyCheckpoints(saver, { thread: "thread", journal: dir });
  expect(whole).toBe(0);
});
