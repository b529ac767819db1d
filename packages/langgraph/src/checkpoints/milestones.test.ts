import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type BaseCheckpointSaver,
  Command,
  interrupt,
  MemorySaver,
  START,
  StateGraph,
} from "@langchain/langgraph";
import {
  type ContentReader,
  contentReader,
  createObserver,
  createRunTree,
  journalReader,
  type SessionView,
} from "@spoor/core";
import {
  type CheckpointsReport,
  checkpointsReport,
  renderCheckpoints,
  type SavedHappening,
} from "@spoor/core/report";
import { parseEventLine } from "@spoor/core/schema";
import { expect, onTestFinished, test } from "vitest";
import { Log, logs } from "../live/application.fixture.ts";
import { auditCheckpointer } from "./audit-checkpointer.ts";
import { configOf } from "./audited.fixture.ts";

/** Thinks, looks in two steps of a graph in a node, and answers. */
function thinking(checkpointer: BaseCheckpointSaver) {
  const inner = new StateGraph(Log)
    .addNode("near", logs("near"))
    .addNode("far", logs("far"))
    .addEdge(START, "near")
    .addEdge("near", "far")
    .compile({ name: "Looking" });
  return new StateGraph(Log)
    .addNode("think", logs("thought"))
    .addNode("look", inner)
    .addNode("ask", ({ log }: { readonly log: readonly string[] }) =>
      log.includes("ask") ? { log: [String(interrupt("sure?"))] } : { log: ["done"] },
    )
    .addEdge(START, "think")
    .addEdge("think", "look")
    .addEdge("look", "ask")
    .compile({ name: "Thinking", checkpointer });
}

function stage() {
  const dir = mkdtempSync(join(tmpdir(), "spoor-milestones-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const observer = createObserver({ journal: { dir }, flushOnExit: false });
  onTestFinished(() => observer.close().then(() => undefined));
  const saver = auditCheckpointer(new MemorySaver(), observer, { label: "milestone" });
  const reported = async (): Promise<CheckpointsReport> => {
    await observer.flush();
    const { view, content } = recordedIn(dir);
    const report = checkpointsReport(view, content);
    if (!report) throw new Error("expected a report");
    return report;
  };
  return { graph: thinking(saver), config: configOf(observer, "thread"), reported };
}

function recordedIn(dir: string): { view: SessionView; content: ContentReader } {
  const reader = journalReader(dir);
  const content = contentReader(reader);
  const tree = createRunTree();
  for (const { line } of reader.entries()) {
    const parsed = parseEventLine(line);
    if (!parsed.ok) continue;
    tree.apply(parsed.event);
    content.apply(parsed.event);
  }
  const view = tree.session("thread");
  if (!view) throw new Error("expected a session");
  return { view, content };
}

const savedIn = ({ turns, outside }: CheckpointsReport): readonly SavedHappening[] =>
  [...turns.flatMap(({ happenings }) => happenings), ...outside].filter(
    (happening) => happening.what === "saved",
  );

test("a config that is pasted goes on from its checkpoint", async () => {
  const { graph, config, reported } = stage();
  await graph.invoke({ log: ["in"] }, config);
  const [, , thought] = savedIn(await reported()).filter(({ namespace }) => namespace === "");
  const line = renderCheckpoints(await reported()).find((text) =>
    text.includes(`"checkpoint_id":"${thought?.checkpoint}"`),
  );
  const pasted = JSON.parse(line ?? "") as { readonly configurable: object };
  const before = await graph.getState(pasted);
  expect(before.next).toEqual(["look"]);
  const { log } = await graph.invoke(null, { ...config, ...pasted });
  expect(log.slice(0, before.values.log.length)).toEqual(before.values.log);
  expect(log.at(-1)).toBe("done");
  const { turns } = await reported();
  expect(turns[1]?.happenings[0]).toMatchObject({
    what: "resumed",
    checkpoint: thought?.checkpoint,
    wentBack: true,
    savedIn: { turn: 0 },
  });
  expect(turns[1]?.happenings.find(({ what }) => what === "saved")).toMatchObject({
    after: thought?.checkpoint,
    isBranch: true,
  });
});

test("the config of a checkpoint in a graph in a node shows that very state, and the graph is run from the one around it", async () => {
  const { graph, config, reported } = stage();
  await graph.invoke({ log: ["in"] }, config);
  const near = savedIn(await reported()).find(
    ({ namespace, step }) => namespace !== "" && step === 1,
  );
  expect(near?.within).toEqual(["look"]);
  if (!near?.resume) throw new Error("expected a config");
  const { log } = await graph.invoke(null, { ...config, ...near.resume });
  expect(log.at(-1)).toBe("done");
  const { turns } = await reported();
  const [back] = turns[1]?.happenings ?? [];
  const { checkpoint_map: around } = near.resume.configurable;
  expect(back).toMatchObject({ what: "resumed", wentBack: true, namespace: "" });
  expect(back?.checkpoint).toBe((around as Readonly<Record<string, string>>)[""]);
});

test("what waits is pending, until a step is made with it", async () => {
  const { graph, config, reported } = stage();
  await graph.invoke({ log: ["ask"] }, config);
  const waiting = savedIn(await reported()).findLast(({ namespace }) => namespace === "");
  expect(waiting).toMatchObject({
    isStepped: false,
    writes: [{ node: "ask", turn: 0, written: { channels: ["__interrupt__"] } }],
  });
  await graph.invoke(new Command({ resume: "yes" }), config);
  const after = savedIn(await reported()).find(
    ({ checkpoint }) => checkpoint === waiting?.checkpoint,
  );
  expect(after?.isStepped).toBe(true);
});

test("people read which step brought what, what was asked, and from where it went on", async () => {
  const { graph, config, reported } = stage();
  await graph.invoke({ log: ["ask"] }, { ...config, metadata: { milestone: "asked" } });
  await graph.invoke(new Command({ resume: "yes" }), config);
  await graph.updateState(config, { log: ["corrected"] }, "think");
  const text = renderCheckpoints(await reported()).join("\n");
  expect(text).toMatch(/^ {2}\u25CF {2}asked {2}step 0 {2}loop {2}.*log$/m);
  expect(text).toMatch(/^ {2}\u25CF {2}asked {2}step 1 {2}loop {2}in look {2}/m);
  expect(text).toMatch(/^ {4}\u00B7 {2}ask wrote __interrupt__$/m);
  expect(text).toMatch(/^ {2}\u2192 {2}goes on from .* of turn 0$/m);
  expect(text).toMatch(/^in no turn that is known\n {2}\u25CF {2}step 4 {2}update/m);
  expect(text.match(/"checkpoint_id":/g)).toHaveLength(savedIn(await reported()).length);
});
