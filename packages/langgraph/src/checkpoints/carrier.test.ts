import {
  createObserver,
  journalReader,
  type AgentEvent,
  createRunTree,
  contentReader,
  sessionReport,
} from "@spoor/core";
import { parseEventLine } from "@spoor/core/schema";
import {
  type BaseCheckpointSaver,
  Command,
  interrupt,
  MemorySaver,
  START,
  StateGraph,
} from "@langchain/langgraph";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { all, Log, logs } from "../live/application.fixture.ts";
import { startProgram } from "../live/kill-and-resume/process.fixture.ts";
import { auditCheckpointer } from "./audit-checkpointer.ts";
import { configOf, staged } from "./audited.fixture.ts";
import { carrierKey } from "./carrier.ts";
import type { CheckpointAuditOptions } from "./options.ts";

const graphOn = (checkpointer: BaseCheckpointSaver) =>
  new StateGraph(Log)
    .addNode("think", logs("thought"))
    .addNode("ask", () => ({ log: [String(interrupt("sure?"))] }))
    .addEdge(START, "think")
    .addEdge("think", "ask")
    .compile({ name: "Asking", checkpointer });

/** Processes with nothing in common but a database. */
function processes(options: CheckpointAuditOptions = {}) {
  const bare = new MemorySaver();
  const folders: string[] = [];
  return {
    bare,
    folders,
    go: async (input: unknown, more: object = {}): Promise<void> => {
      const dir = mkdtempSync(join(tmpdir(), "spoor-carrier-"));
      onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
      folders.push(dir);
      const observer = createObserver({ journal: { dir }, flushOnExit: false });
      const graph = graphOn(auditCheckpointer(bare, observer, options));
      const config = configOf(observer, "thread");
      await graph.invoke(input as never, {
        ...config,
        configurable: { ...config.configurable, ...more },
      });
      await observer.close();
    },
  };
}

const eventsIn = (dir: string): readonly AgentEvent[] =>
  Array.from(journalReader(dir).entries(), ({ line }) => {
    const parsed = parseEventLine(line);
    if (!parsed.ok) throw new Error(`cannot read ${line}`);
    return parsed.event;
  });

function turnsIn(...dirs: readonly string[]) {
  const tree = createRunTree();
  for (const event of dirs.flatMap(eventsIn)) tree.apply(event);
  const view = tree.session("thread");
  const [dir = ""] = dirs;
  return view ? sessionReport(view, contentReader(journalReader(dir))).turns : [];
}

test("a resume in another process with another journal is the same turn and the same trace", async () => {
  const { go, folders } = processes();
  await go({ log: [] });
  await go(new Command({ resume: "yes" }));
  await go({ log: ["more"] });
  const [first = "", second = "", third = ""] = folders;
  const [began, wentOn, another] = [turnsIn(first), turnsIn(second), turnsIn(third)];
  expect([began.length, wentOn.length, another.length]).toEqual([1, 1, 1]);
  expect(wentOn[0]).toMatchObject({ traceId: began[0]?.traceId, continuation: null });
  expect(another[0]?.traceId).not.toBe(began[0]?.traceId);
  const root = wentOn[0]?.spans.find(({ kind }) => kind === "turn");
  expect(root?.parentSpanId).toBe(began[0]?.turnId);
  const traces = eventsIn(second).flatMap((event) => ("traceId" in event ? [event.traceId] : []));
  expect(new Set(traces)).toEqual(new Set([began[0]?.traceId]));
  expect(turnsIn(first, second)).toMatchObject([{ activations: 2, continuation: null }]);
});

test("so it is where the first process is killed while it waits", async () => {
  const folder = mkdtempSync(join(tmpdir(), "spoor-carrier-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const program = fileURLToPath(new URL("./killed.program.fixture.ts", import.meta.url));
  const first = startProgram(program, folder, "asks");
  await first.says('["thought of"]');
  await first.kill();
  const second = startProgram(program, folder, "answers");
  expect(await second.lastWords()).toBe('["thought of","yes"]');
  const [asks, answers] = [join(folder, "asks"), join(folder, "answers")];
  const [began] = turnsIn(asks);
  expect(began).toMatchObject({ status: "suspended", activations: 1 });
  const same = { traceId: began?.traceId, status: "ok", continuation: null };
  expect(turnsIn(answers)).toMatchObject([{ ...same, activations: 1 }]);
  expect(turnsIn(asks, answers)).toMatchObject([
    { ...same, turnId: began?.turnId, activations: 2 },
  ]);
});

test("a second resume elsewhere still names where the turn began", async () => {
  const twice = new StateGraph(Log)
    .addNode("ask", () => ({ log: [String(interrupt("one")), String(interrupt("two"))] }))
    .addEdge(START, "ask");
  const bare = new MemorySaver();
  const traces: (string | undefined)[] = [];
  for (const input of [{ log: [] }, new Command({ resume: "1" }), new Command({ resume: "2" })]) {
    const observer = createObserver({ journal: "memory", flushOnExit: false });
    const graph = twice.compile({ checkpointer: auditCheckpointer(bare, observer) });
    await graph.invoke(input as never, configOf(observer, "thread"));
    await observer.close();
    const tuple = await bare.getTuple({ configurable: { thread_id: "thread" } });
    traces.push(JSON.stringify(tuple?.metadata));
  }
  const carriers = traces.map((text) => /"traceparent":"([^"]+)"/.exec(text ?? "")?.[1]);
  expect(new Set(carriers).size).toBe(1);
});

test("without the carrier it is another trace, and nothing of ours lies in the database", async () => {
  const { go, folders, bare } = processes({ carrier: false });
  await go({ log: [] });
  await go(new Command({ resume: "yes" }));
  const [first = "", second = ""] = folders;
  expect(turnsIn(second)).toMatchObject([{ continuation: "unknown" }]);
  expect(turnsIn(second)[0]?.traceId).not.toBe(turnsIn(first)[0]?.traceId);
  expect(
    JSON.stringify(await all(bare.list({ configurable: { thread_id: "thread" } }))),
  ).not.toContain("traceparent");
});

test("a graph whose own checkpointer has no witness loses nothing to the witness of another", async () => {
  const bare = new MemorySaver();
  await graphOn(bare).invoke({ log: [] }, { configurable: { thread_id: "thread" } });
  const { observer, config } = staged();
  await graphOn(bare).invoke(new Command({ resume: "yes" }), config());
  const names = observer
    .heard()
    .flatMap((draft) => ("key" in draft && "name" in draft ? [draft.name] : []));
  expect(names).toEqual(["Asking", "Asking", "ask"]);
});

test("a way back to a checkpoint at which nothing waits is a turn of its own", async () => {
  const { go, folders, bare } = processes();
  await go({ log: [] });
  const history = await all(bare.list({ configurable: { thread_id: "thread" } }));
  const input = history.find(({ metadata }) => metadata?.source === "input");
  await go(null, { checkpoint_id: input?.checkpoint.id });
  const [first = "", second = ""] = folders;
  expect(turnsIn(second)[0]?.traceId).not.toBe(turnsIn(first)[0]?.traceId);
});

test("it lies in the metadata under one name, and is not shown to the application", async () => {
  const { bare, saver, observer } = staged();
  const graph = graphOn(saver);
  const config = configOf(observer, "thread");
  await graph.invoke({ log: [] }, config);
  const tuple = await bare.getTuple(config);
  expect(Object.keys(tuple?.metadata ?? {})).toEqual(["source", "step", "parents", carrierKey]);
  expect((await saver.getTuple(config))?.metadata).not.toHaveProperty(carrierKey);
  for (const shown of await all(saver.list(config)))
    expect(shown.metadata).not.toHaveProperty(carrierKey);
  for (const { metadata } of await all(graph.getStateHistory(config)))
    expect(metadata).not.toHaveProperty(carrierKey);
});

test("what has nothing of ours in it is given as the very object that the checkpointer gave", async () => {
  const tuple = { config: {}, checkpoint: {}, metadata: { source: "input" } };
  const bare = {
    getTuple: async () => tuple,
    list: async function* () {
      yield tuple;
    },
    put: async () => {},
    putWrites: async () => {},
  };
  const { saver } = staged({}, bare);
  expect(await saver.getTuple()).toBe(tuple);
  for await (const shown of saver.list()) expect(shown).toBe(tuple);
});
