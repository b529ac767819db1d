import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AIMessage } from "@langchain/core/messages";
import { MemorySaver, MessagesAnnotation, START, StateGraph } from "@langchain/langgraph";
import { createObserver, createRecorder, diskJournal, type Recorder } from "@spoor/core";
import { expect, onTestFinished, test } from "vitest";
import { Log, logs } from "../../live/application.fixture.ts";
import { auditCheckpointer } from "../audit-checkpointer.ts";
import { configOf } from "../audited.fixture.ts";
import { verifyCheckpoints } from "./verify-checkpoints.ts";

function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), "spoor-lawful-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

function recorded(dir: string = temporaryFolder()) {
  const observer = createObserver({ journal: { dir }, flushOnExit: false });
  onTestFinished(() => observer.close().then(() => undefined));
  return { dir, observer };
}

/** Recorded by a clock that goes wrong by so much. */
async function recordedBy(offMs: number, work: (recorder: Recorder) => Promise<unknown>) {
  const dir = temporaryFolder();
  const journal = diskJournal({ dir });
  await work(createRecorder({ journal, clock: () => Date.now() + offMs }));
  await journal.close();
  return dir;
}

const logging = () =>
  new StateGraph(Log)
    .addNode("think", logs("thought"))
    .addNode("answer", logs("done"))
    .addEdge(START, "think")
    .addEdge("think", "answer");

const many = (word: string) =>
  Array.from({ length: 10 }, (_, place) => new AIMessage(`${word} ${place}`));

const nothing = { findings: [], unchecked: [] };

test("messages that LangGraph names after a node has returned them are the messages that were saved", async () => {
  const { dir, observer } = recorded();
  const saver = new MemorySaver();
  const graph = new StateGraph(MessagesAnnotation)
    .addNode("speak", () => ({ messages: many("a") }))
    .addNode("go on", () => ({ messages: many("b") }))
    .addEdge(START, "speak")
    .addEdge("speak", "go on")
    .compile({ checkpointer: auditCheckpointer(saver, observer) });
  await graph.invoke({ messages: many("in") }, configOf(observer, "thread"));
  await observer.close();
  expect(await verifyCheckpoints(saver, { thread: "thread", journal: dir })).toMatchObject(nothing);
});

test("a node that goes another way when it runs again has not lost what it wrote", async () => {
  const { dir, observer } = recorded();
  const saver = new MemorySaver();
  let runs = 0;
  const graph = new StateGraph(Log)
    .addNode("think", logs("thought"))
    .addNode("left", logs("left"))
    .addNode("right", logs("right"))
    .addEdge(START, "think")
    .addConditionalEdges("think", () => (runs++ % 2 === 0 ? "left" : "right"))
    .compile({ checkpointer: auditCheckpointer(saver, observer) });
  const config = configOf(observer, "thread");
  await graph.invoke({ log: ["in"] }, config);
  for await (const { config: at, next } of graph.getStateHistory(config))
    if (next[0] === "think") await graph.invoke(null, { ...config, ...at });
  await observer.close();
  expect(runs).toBe(2);
  expect(await verifyCheckpoints(saver, { thread: "thread", journal: dir })).toMatchObject(nothing);
});

test("a task that wrote once more, and elsewhere, stands with what the checkpointer kept of it", async () => {
  const { dir, observer } = recorded();
  const saver = new MemorySaver();
  const graph = logging().compile({ checkpointer: auditCheckpointer(saver, observer) });
  await graph.invoke({ log: ["in"] }, configOf(observer, "thread"));
  const newest = await saver.getTuple({ configurable: { thread_id: "thread" } });
  if (!newest) throw new Error("expected a checkpoint");
  const audited = auditCheckpointer(saver, observer);
  for (const channel of ["left", "right"])
    await audited.putWrites(
      newest.config,
      [
        ["log", [channel]],
        [channel, 1],
      ],
      "task",
    );
  await observer.close();
  expect(await verifyCheckpoints(saver, { thread: "thread", journal: dir })).toMatchObject(nothing);
});

test("a node that failed and was tried again wrote what it wrote", async () => {
  const { dir, observer } = recorded();
  const saver = new MemorySaver();
  let tries = 0;
  const graph = new StateGraph(Log)
    .addNode("side", logs("side"))
    .addNode(
      "shaky",
      () => {
        if (++tries < 3) throw new Error("not yet");
        return { log: ["at last"] };
      },
      { retryPolicy: { maxAttempts: 2, initialInterval: 1, logWarning: false } },
    )
    .addEdge(START, "side")
    .addEdge(START, "shaky")
    .compile({ checkpointer: auditCheckpointer(saver, observer) });
  const config = configOf(observer, "thread");
  await expect(graph.invoke({ log: ["in"] }, config)).rejects.toThrow("not yet");
  await graph.invoke(null, config);
  await observer.close();
  expect(tries).toBe(3);
  expect(await verifyCheckpoints(saver, { thread: "thread", journal: dir })).toMatchObject(nothing);
});

test("a thread that is older than its record is not taken for a forged one, and that is said", async () => {
  const { dir, observer } = recorded();
  const saver = new MemorySaver();
  await logging()
    .compile({ checkpointer: saver })
    .invoke({ log: ["before"] }, { configurable: { thread_id: "thread" } });
  await logging()
    .compile({ checkpointer: auditCheckpointer(saver, observer) })
    .invoke({ log: ["since"] }, configOf(observer, "thread"));
  await observer.close();
  const { findings, unchecked, stored, told } = await verifyCheckpoints(saver, {
    thread: "thread",
    journal: dir,
  });
  expect(findings).toEqual([]);
  expect(new Set(unchecked.map(({ code }) => code))).toEqual(new Set(["BEFORE_RECORD"]));
  expect(unchecked).toHaveLength(stored - told + 1);
});

test("a run on a machine whose clock is behind goes on from what was saved", async () => {
  const saver = new MemorySaver();
  const runBy = (recorder: Recorder) =>
    logging()
      .compile({ checkpointer: auditCheckpointer(saver, recorder) })
      .invoke({ log: ["in"] }, configOf(recorder, "thread"));
  const journal = [await recordedBy(0, runBy), await recordedBy(-60_000, runBy)];
  expect(await verifyCheckpoints(saver, { thread: "thread", journal })).toMatchObject({
    ...nothing,
    resumed: 1,
  });
});

test("two observers of one checkpointer tell the same of it", async () => {
  const [one, two] = [recorded(), recorded()];
  const saver = new MemorySaver();
  const checkpointer = auditCheckpointer(auditCheckpointer(saver, one.observer), two.observer);
  const graph = logging().compile({ checkpointer });
  const config = configOf(one.observer, "thread");
  const callbacks = [...config.callbacks, ...configOf(two.observer, "thread").callbacks];
  await graph.invoke({ log: ["in"] }, { ...config, callbacks });
  await graph.invoke({ log: ["again"] }, { ...config, callbacks });
  for (const { observer, dir } of [one, two]) {
    await observer.close();
    const verified = await verifyCheckpoints(saver, { thread: "thread", journal: dir });
    expect(verified).toMatchObject({ ...nothing, stored: 8, told: 8, whole: 8, resumed: 1 });
  }
});
