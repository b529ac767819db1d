import { AIMessage, HumanMessage } from "@langchain/core/messages";
import {
  type BaseCheckpointSaver,
  Command,
  interrupt,
  MemorySaver,
  MessagesAnnotation,
  START,
  StateGraph,
} from "@langchain/langgraph";
import type { SerializerProtocol } from "@langchain/langgraph-checkpoint";
import { describe, expect, test } from "vitest";
import { all, Log, logs } from "../live/application.fixture.ts";
import { configOf, savedIn, staged, stateOf, told, writesOf } from "./audited.fixture.ts";
import { channelsOf, stateDocument } from "./digest/state-document.ts";
import { writesDocument } from "./digest/writes-document.ts";
import type { CheckpointAuditOptions } from "./options.ts";

const twoSteps = (checkpointer: BaseCheckpointSaver) =>
  new StateGraph(Log)
    .addNode("first", logs("first"))
    .addNode("second", logs("second"))
    .addEdge(START, "first")
    .addEdge("first", "second")
    .compile({ name: "Steps", checkpointer });

describe("a run", () => {
  test("tells which step wrote which channel, and each checkpoint that came of it", async () => {
    const { saver, observer, config } = staged();
    await twoSteps(saver).invoke({ log: ["begin"] }, config());
    expect(told(observer.heard())).toMatchInlineSnapshot(`
      [
        "turn of Steps: saved #1 after nothing, input -1: __start__",
        "turn of Steps: written #1: log branch:to:first",
        "turn of Steps: saved #2 after #1, loop 0: __start__ branch:to:first log",
        "first: written #2: log branch:to:second",
        "turn of Steps: saved #3 after #2, loop 1: branch:to:first branch:to:second log",
        "second: written #3: log",
        "turn of Steps: saved #4 after #3, loop 2: branch:to:second log",
      ]
    `);
  });

  test.each(["sync", "async"] as const)(
    "is told alike where LangGraph waits for its checkpoints and where not: %s",
    async (durability) => {
      const [waited, other] = [staged(), staged()];
      await twoSteps(waited.saver).invoke({ log: [] }, { ...waited.config(), durability: "sync" });
      await twoSteps(other.saver).invoke({ log: [] }, { ...other.config(), durability });
      expect(told(other.observer.heard()).toSorted()).toEqual(
        told(waited.observer.heard()).toSorted(),
      );
    },
  );

  test("that saves only at its end tells of that one checkpoint", async () => {
    const { saver, observer, config } = staged();
    const graph = twoSteps(saver);
    await graph.invoke({ log: ["begin"] }, { ...config(), durability: "exit" });
    expect(told(observer.heard())).toMatchInlineSnapshot(`
      [
        "turn of Steps: saved #1 after nothing, loop 2: __start__ branch:to:first branch:to:second log",
      ]
    `);
  });

  test("with a graph inside of a node tells whose checkpoints are that one's", async () => {
    const { saver, observer, config } = staged();
    const inner = new StateGraph(Log)
      .addNode("deep", logs("deep"))
      .addEdge(START, "deep")
      .compile({ name: "Inner" });
    const graph = new StateGraph(Log)
      .addNode("outer", inner)
      .addEdge(START, "outer")
      .compile({ name: "Outer", checkpointer: saver });
    await graph.invoke({ log: [] }, config());
    expect(told(observer.heard())).toMatchInlineSnapshot(`
      [
        "turn of Outer: saved #1 after nothing, input -1: __start__",
        "turn of Outer: written #1: log branch:to:outer",
        "turn of Outer: saved #2 after #1, loop 0: __start__ branch:to:outer log",
        "outer: saved in outer #3 after nothing, input -1: __start__",
        "outer: written in outer #3: log branch:to:deep",
        "outer: saved in outer #4 after #3, loop 0: __start__ branch:to:deep log",
        "deep: written in outer #4: log",
        "outer: saved in outer #5 after #4, loop 1: branch:to:deep log",
        "outer: written #2: log",
        "turn of Outer: saved #6 after #2, loop 1: branch:to:outer log",
      ]
    `);
  });
});

const asking = (checkpointer: BaseCheckpointSaver) =>
  new StateGraph(MessagesAnnotation)
    .addNode("think", () => ({ messages: [new AIMessage({ content: "hm", id: "a1" })] }))
    .addNode("ask", () => ({ messages: [new HumanMessage(String(interrupt("sure?")))] }))
    .addEdge(START, "think")
    .addEdge("think", "ask")
    .compile({ name: "Asking", checkpointer });
const hello = { messages: [new HumanMessage({ content: "hello", id: "h1" })] };

describe("a thread that goes on", () => {
  test("tells of what it goes on from, with the digests that were told when it was saved", async () => {
    const { saver, observer, config } = staged();
    const graph = asking(saver);
    await graph.invoke(hello, config());
    const before = observer.heard();
    await graph.invoke(new Command({ resume: "yes" }), config());
    const after = observer.heard();
    expect(told([...before, ...after])).toMatchInlineSnapshot(`
      [
        "turn of Asking: saved #1 after nothing, input -1: __start__",
        "turn of Asking: written #1: messages branch:to:think",
        "turn of Asking: saved #2 after #1, loop 0: __start__ branch:to:think messages",
        "think: written #2: messages branch:to:ask",
        "turn of Asking: saved #3 after #2, loop 1: branch:to:ask branch:to:think messages",
        "ask: written #3: __interrupt__",
        "turn of Asking: restored #3",
        "turn of Asking: written #3: __resume__",
        "ask: written #3: __resume__ messages",
        "turn of Asking: saved #4 after #3, loop 2: branch:to:ask messages",
      ]
    `);
    const [restored] = after.filter((draft) => draft.type === "checkpoint.restored");
    const last = savedIn(before).at(-1);
    if (restored === undefined || last === undefined) throw new Error("nothing was restored");
    const { hash, frame, metadata } = stateOf(restored);
    expect({ hash, frame, metadata }).toEqual({
      hash: stateOf(last).hash,
      frame: stateOf(last).frame,
      metadata: stateOf(last).metadata,
    });
  });

  test("tells of an update, of a way back and of a fork", async () => {
    const { saver, observer, config } = staged();
    const graph = twoSteps(saver);
    await graph.invoke({ log: ["begin"] }, config());
    const history = await all(graph.getStateHistory(config()));
    const middle = history.find(({ next }) => next.includes("second"));
    if (middle === undefined) throw new Error("there is no way back");
    await graph.updateState(config(), { log: ["corrected"] });
    const forked = await graph.updateState(middle.config, { log: ["another way"] });
    await graph.invoke(null, { ...config(), ...forked });
    await graph.invoke(null, { ...config(), ...middle.config });
    expect(told(observer.heard())).toMatchInlineSnapshot(`
      [
        "turn of Steps: saved #1 after nothing, input -1: __start__",
        "turn of Steps: written #1: log branch:to:first",
        "turn of Steps: saved #2 after #1, loop 0: __start__ branch:to:first log",
        "first: written #2: log branch:to:second",
        "turn of Steps: saved #3 after #2, loop 1: branch:to:first branch:to:second log",
        "second: written #3: log",
        "turn of Steps: saved #4 after #3, loop 2: branch:to:second log",
        "the session: written #4: log",
        "the session: saved #5 after #4, update 3: log",
        "the session: written #3: log branch:to:second",
        "the session: saved #6 after #3, update 2: branch:to:second log",
        "turn of Steps: restored #6",
        "second: written #6: log",
        "turn of Steps: saved #7 after #6, loop 3: branch:to:second log",
        "turn of Steps: restored #3",
        "turn of Steps: saved #8 after #3, fork 2: ",
        "second: written #8: log",
        "turn of Steps: saved #9 after #8, loop 3: branch:to:second log",
      ]
    `);
  });
});

test("without the handler all stands on the session, which is told of once", async () => {
  const { saver, observer } = staged();
  const metadata = { user_id: "ada", feature: "chat" };
  const config = { configurable: { thread_id: "alone" }, metadata };
  await twoSteps(saver).invoke({ log: [] }, config);
  const [started, ...drafts] = observer.heard();
  expect(started).toMatchObject({
    type: "session.started",
    session: "alone",
    source: "checkpointer",
    framework: "langgraph",
    userId: "ada",
    feature: "chat",
  });
  expect(drafts.every((draft) => draft.type.startsWith("checkpoint."))).toBe(true);
  expect(new Set(told(drafts).map((line) => line.split(":")[0]))).toEqual(new Set(["the session"]));
});

test("of two runs of one thread at once each tells what is its own, and nothing is guessed", async () => {
  const { saver, observer, config } = staged();
  const graph = twoSteps(saver);
  await Promise.all([
    graph.invoke({ log: ["a"] }, config()),
    graph.invoke({ log: ["b"] }, config()),
  ]);
  const drafts = observer.heard();
  const turns = drafts.flatMap((draft) => (draft.type === "turn.started" ? [draft.key] : []));
  const parents = new Map(
    drafts.flatMap((draft) =>
      draft.type === "work.started" && typeof draft.parent === "string"
        ? [[draft.key, draft.parent] as const]
        : [],
    ),
  );
  const turnOf = (key: string): string => {
    let at = key;
    for (let above = parents.get(at); above !== undefined; above = parents.get(at)) at = above;
    return at;
  };
  const inputs = savedIn(drafts).filter(({ origin }) => origin === "input");
  const chains = inputs.map(({ checkpoint }) => {
    const chain = new Set([checkpoint]);
    for (const { after, checkpoint: next } of savedIn(drafts))
      if (after !== undefined && chain.has(after)) chain.add(next);
    return chain;
  });
  expect([turns.length, chains.length]).toEqual([2, 2]);
  for (const chain of chains) {
    const about = drafts.flatMap((draft) =>
      (draft.type === "checkpoint.saved" || draft.type === "checkpoint.written") &&
      chain.has(draft.checkpoint) &&
      draft.on !== null
        ? [turnOf(draft.on)]
        : [],
    );
    expect(new Set(about).size).toBe(1);
  }
});

/** What the checkpoints of a run are called. */
async function labelsBy(options: CheckpointAuditOptions) {
  const { saver, observer, config } = staged(options);
  const graph = twoSteps(saver);
  await graph.invoke({ log: [] }, { ...config(), metadata: { milestone: "before payment" } });
  return [...new Set(savedIn(observer.heard()).map(({ label }) => label))];
}

const halfWay = (_: unknown, metadata: unknown): string | undefined =>
  (metadata as { step: number }).step === 1 ? "half-way" : undefined;
const throwing = (): never => {
  throw new Error("no label");
};

test("a label is the application's: by a name in the metadata, from a function, or none", async () => {
  expect(await labelsBy({ label: "milestone" })).toEqual(["before payment"]);
  expect(await labelsBy({ label: halfWay })).toEqual([undefined, "half-way"]);
  expect(await labelsBy({})).toEqual([undefined]);
  expect(await labelsBy({ label: throwing })).toEqual([undefined]);
});

test("values are told where they are asked for, and nowhere else", async () => {
  const quiet = staged();
  await twoSteps(quiet.saver).invoke(
    { log: ["my secret plan"] },
    { configurable: { thread_id: "t" } },
  );
  expect(JSON.stringify(quiet.observer.heard())).not.toContain("my secret plan");
  const open = staged({ values: true });
  await twoSteps(open.saver).invoke({ log: ["my open plan"] }, open.config());
  const written = open.observer
    .heard()
    .flatMap((draft) => (draft.type === "checkpoint.written" ? [draft.native] : []));
  expect(written).toContainEqual({
    values: [
      { channel: "log", value: ["first"] },
      { channel: "branch:to:second", value: null },
    ],
  });
});

/** It turns every byte around, as one that encrypts would. */
class Encrypting implements SerializerProtocol {
  readonly #plain: SerializerProtocol = new MemorySaver().serde;
  async dumpsTyped(data: unknown): Promise<[string, Uint8Array]> {
    const [type, bytes] = await this.#plain.dumpsTyped(data);
    return [type, bytes.map((byte) => byte ^ 0x55)];
  }
  async loadsTyped(type: string, data: Uint8Array | string): Promise<unknown> {
    const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
    return this.#plain.loadsTyped(
      type,
      bytes.map((byte) => byte ^ 0x55),
    );
  }
}

test.each([
  ["as it is", undefined],
  ["encrypted", new Encrypting()],
])("what a checkpointer stores %s has the digests that were told", async (_, serde) => {
  const { bare, saver, observer, config } = staged({}, new MemorySaver(serde));
  await asking(saver).invoke(hello, config());
  const drafts = observer.heard();
  const stored = await all(bare.list(configOf(observer, "thread")));
  expect(stored.length).toBe(savedIn(drafts).length);
  for (const { checkpoint, metadata, pendingWrites } of stored) {
    const saved = savedIn(drafts).find((each) => each.checkpoint === checkpoint.id);
    if (saved === undefined) throw new Error(`${checkpoint.id} was not told`);
    const channels = channelsOf({ ...checkpoint }, {});
    const {
      from,
      hash,
      frame,
      metadata: given,
    } = stateDocument({ ...checkpoint }, metadata, channels);
    expect(from).toBeNull();
    expect({ hash, frame, given }).toEqual({
      hash: stateOf(saved).hash,
      frame: stateOf(saved).frame,
      given: stateOf(saved).metadata,
    });
    const written = drafts.flatMap((draft) =>
      draft.type === "checkpoint.written" && draft.checkpoint === checkpoint.id
        ? writesOf(draft).writes
        : [],
    );
    const pending = pendingWrites?.map(([, channel, value]) => ({ channel, value })) ?? [];
    expect(writesDocument(pending).writes).toEqual(written);
  }
});
