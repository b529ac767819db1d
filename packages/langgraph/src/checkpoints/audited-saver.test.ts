import type { RunnableConfig } from "@langchain/core/runnables";
import {
  Annotation,
  BaseCheckpointSaver,
  type CheckpointTuple,
  Command,
  interrupt,
  MemorySaver,
  Send,
  START,
  StateGraph,
} from "@langchain/langgraph";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { all, Log, logs, thrownBy } from "../live/application.fixture.ts";
import { plain } from "../live/plain.ts";
import { auditCheckpointer } from "./audit-checkpointer.ts";
import { called, checkpointsIn, savedIn, staged, stateOf } from "./audited.fixture.ts";
import { digestOf } from "./digest/value-digests.ts";

const config: RunnableConfig = { configurable: { thread_id: "thread", checkpoint_ns: "" } };
const checkpoint = (id: string): Parameters<MemorySaver["put"]>[1] => ({
  v: 4,
  id,
  ts: "2026-01-01T00:00:00.000Z",
  channel_values: { log: ["a"] },
  channel_versions: { log: 1 },
  versions_seen: {},
});
const metadata: Parameters<MemorySaver["put"]>[2] = { source: "input", step: -1, parents: {} };

/** A checkpointer with all that a naive proxy breaks. */
class PrivateSaver extends MemorySaver {
  readonly #calls: unknown[][] = [];
  readonly answers: Promise<unknown>[] = [];
  level = 1;

  override put(...given: Parameters<MemorySaver["put"]>): Promise<RunnableConfig> {
    this.#calls.push(given);
    const answer = super.put(...given);
    this.answers.push(answer);
    return answer;
  }
  override putWrites(...given: Parameters<MemorySaver["putWrites"]>): Promise<void> {
    this.#calls.push(given);
    return super.putWrites(...given);
  }
  get calls(): readonly (readonly unknown[])[] {
    return this.#calls;
  }
  set raised(by: number) {
    this.#calls.length = 0;
    this.level += by;
  }
  async end(): Promise<string> {
    return `${this.#calls.length} calls`;
  }
}

describe("to whoever holds it, it is the checkpointer:", () => {
  test("an instance of its class, with its private fields, its accessors and its own methods", async () => {
    const { saver, bare } = staged({}, new PrivateSaver());
    expect(saver).toBeInstanceOf(PrivateSaver);
    expect(saver).toBeInstanceOf(BaseCheckpointSaver);
    expect(saver.constructor.name).toBe("PrivateSaver");
    expect(saver.serde).toBe(bare.serde);
    expect(Reflect.get(saver, "end")).toBe(Reflect.get(saver, "end"));
    expect(await saver.end()).toBe("0 calls");
    expect(saver.calls).toEqual([]);
    saver.raised = 2;
    expect([saver.level, bare.level]).toEqual([3, 3]);
    expect(JSON.stringify({ saver })).toBe(JSON.stringify({ saver: bare }));
    expect(Object.keys(saver)).toEqual(Object.keys(bare));
    expect(saver.getNextVersion(1)).toBe(2);
  });

  test("it is called with what it was called with, and its own promise comes back", async () => {
    const { saver, bare } = staged({}, new PrivateSaver());
    const given = [config, checkpoint("1"), metadata, { log: 1 }] as const;
    const answer = called(saver, "put", ...given);
    expect(answer).toBe(bare.answers[0]);
    await answer;
    const put = bare.calls[0] ?? [];
    expect(put.every((value, index) => value === given[index])).toBe(true);
    const atOne = { configurable: { ...config.configurable, checkpoint_id: "1" } };
    const write: unknown[] = [atOne, [["log", "b"]], "task", "~__pregel_pull, node"];
    await called(saver, "putWrites", ...write);
    expect(bare.calls[1]).toEqual(write);
  });

  test("what it throws and what it rejects comes through as it is, and is told as refused", async () => {
    const failures = [new Error("no connection"), new RangeError("at once")] as const;
    class Failing extends MemorySaver {
      override put(): Promise<RunnableConfig> {
        return Promise.reject(failures[0]);
      }
      override putWrites(): Promise<void> {
        throw failures[1];
      }
      override deleteThread(): Promise<void> {
        return Promise.reject(failures[0]);
      }
    }
    const { saver, observer } = staged<BaseCheckpointSaver>({}, new Failing());
    const atOne = { configurable: { ...config.configurable, checkpoint_id: "1" } };
    await expect(saver.put(config, checkpoint("1"), metadata, {})).rejects.toBe(failures[0]);
    expect(() => saver.putWrites(atOne, [["log", "b"]], "task")).toThrow(failures[1]);
    await expect(saver.deleteThread("thread")).rejects.toBe(failures[0]);
    expect(checkpointsIn(observer.heard())).toMatchObject([
      { type: "checkpoint.refused", checkpoint: "1", errorType: "Error", detail: "no connection" },
      { type: "checkpoint.refused", checkpoint: "1", task: "task", errorType: "RangeError" },
      { type: "checkpoint.refused", session: "thread", on: null, errorType: "Error" },
    ]);
  });

  test("a list comes one by one, as it is asked for, and ends where it is left", async () => {
    const steps: string[] = [];
    class Streaming extends MemorySaver {
      override async *list(): AsyncGenerator<CheckpointTuple> {
        try {
          for (const id of ["1", "2", "3"]) {
            steps.push(`gives ${id}`);
            yield { config, checkpoint: checkpoint(id), metadata };
          }
        } finally {
          steps.push("ends");
        }
      }
    }
    const { saver } = staged<BaseCheckpointSaver>({}, new Streaming());
    const list = saver.list(config);
    expect(steps).toEqual([]);
    for await (const tuple of list) {
      steps.push(`shows ${tuple.checkpoint.id}`);
      if (tuple.checkpoint.id === "2") break;
    }
    expect(steps).toEqual(["gives 1", "shows 1", "gives 2", "shows 2", "ends"]);
  });

  test("a thread that is deleted, pruned or copied is told once that is done", async () => {
    class Later extends MemorySaver {
      async prune(): Promise<void> {}
      async copyThread(): Promise<void> {}
    }
    const { saver, observer } = staged({}, new Later());
    await saver.deleteThread("gone");
    await called(saver, "prune", ["a", "b"], { strategy: "keep_latest" });
    await called(saver, "prune", ["c"], { strategy: "delete" });
    await called(saver, "copyThread", "from", "to");
    const drafts = observer.heard().filter(({ type }) => type !== "session.started");
    expect(drafts).toMatchObject([
      { type: "checkpoint.removed", session: "gone", on: null },
      { type: "checkpoint.removed", session: "a", kept: "keep_latest" },
      { type: "checkpoint.removed", session: "b", kept: "keep_latest" },
      { type: "checkpoint.removed", session: "c" },
      { type: "native.noted", session: "to", name: "checkpoints copied", native: { from: "from" } },
    ]);
    expect(drafts[3]).not.toHaveProperty("kept");
  });
});

test("a state is told as it was handed over, whatever becomes of it afterwards", async () => {
  const { saver, observer } = staged<BaseCheckpointSaver>();
  const given = checkpoint("1");
  const { channel_values: values } = checkpoint("1");
  const saving = saver.put(config, given, metadata, { log: 1 });
  given.channel_values["log"] = ["another"];
  given.channel_versions["log"] = 2;
  await saving;
  const [saved] = savedIn(observer.heard());
  expect(saved && stateOf(saved).channels).toEqual([
    { channel: "log", version: 1, hash: digestOf(values["log"]), written: true },
  ]);
});

test("a checkpointer has one witness an observer, and what is no checkpointer is refused at once", () => {
  const { saver, bare, observer } = staged();
  expect(auditCheckpointer(bare, observer)).toBe(saver);
  expect(auditCheckpointer(saver, observer)).toBe(saver);
  expect(() => auditCheckpointer({}, observer)).toThrow("needs a checkpointer");
  expect(() => auditCheckpointer(bare, {} as never)).toThrow("needs an observer");
});

interface Shape {
  readonly steps: readonly ("logs" | "throws" | "asks" | "fans out")[];
  readonly durability: "sync" | "async" | "exit";
}
const shape: fc.Arbitrary<Shape> = fc.record({
  steps: fc.array(fc.constantFrom("logs", "throws", "asks", "fans out"), {
    minLength: 1,
    maxLength: 4,
  }),
  durability: fc.constantFrom("sync", "async", "exit"),
});

/** All that an application gets to see of a small graph. */
async function lived({ steps, durability }: Shape, saver: BaseCheckpointSaver, more: object) {
  const State = Annotation.Root({
    ...Log.spec,
    at: Annotation<Date>,
    known: Annotation<Map<string, number>>,
  });
  const names = steps.map((_, index) => `step${index}`);
  const graph = new StateGraph(State as typeof Log);
  const doings = {
    logs: logs("logs"),
    throws: () => {
      throw new Error("no");
    },
    asks: () => ({ log: [String(interrupt("?"))] }),
    "fans out": logs("fans"),
  };
  for (const [index, step] of steps.entries()) graph.addNode(names[index] ?? "", doings[step]);
  if (steps.includes("fans out")) graph.addNode("one", logs("one of several"));
  const built = graph as unknown as {
    addEdge(from: string, to: string): void;
    addConditionalEdges(from: string, to: () => unknown, names: string[]): void;
  };
  for (const [index, name] of names.entries()) {
    built.addEdge(names[index - 1] ?? START, name);
    if (steps[index] === "fans out")
      built.addConditionalEdges(name, () => [new Send("one", {}), new Send("one", {})], ["one"]);
  }
  const compiled = graph.compile({ checkpointer: saver });
  const given = { ...more, configurable: { thread_id: "lived" }, durability };
  const input = { log: ["begin"], at: new Date(0), known: new Map([["a", 1]]) };
  const chunks = async (what: unknown): Promise<unknown> =>
    all(
      await compiled.stream(what as never, {
        ...given,
        streamMode: ["values", "updates", "checkpoints"],
      }),
    );
  const first = await chunks(input).catch(thrown);
  const second = await chunks(new Command({ resume: "yes" })).catch(thrown);
  const third = await chunks({ log: ["again"] }).catch(thrown);
  const history = await all(compiled.getStateHistory(given, { filter: { source: "loop" } }));
  return { first, second, third, history, state: await compiled.getState(given).catch(thrown) };
}
const thrown = (error: unknown): Promise<unknown> => thrownBy(Promise.reject(error));

test("an application sees the same with it and without it", async () => {
  const { observer, config } = staged();
  const { callbacks } = config("lived");
  await fc.assert(
    fc.asyncProperty(shape, async (given) => {
      const saver = auditCheckpointer(new MemorySaver(), observer);
      const withIt = await lived(given, saver, { callbacks });
      const without = await lived(given, new MemorySaver(), { callbacks: [] });
      expect(comparable(withIt)).toEqual(comparable(without));
      expect(checkpointsIn(observer.heard()).length).toBeGreaterThan(0);
    }),
    { numRuns: 12 },
  );
}, 60_000);

/** Without ids and times, and without what the handlers of one of the two are. */
function comparable(answer: unknown): string {
  const text = plain(
    JSON.parse(
      JSON.stringify(answer, (name, value: unknown) => (name === "callbacks" ? undefined : value)),
    ),
  );
  return text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME");
}
