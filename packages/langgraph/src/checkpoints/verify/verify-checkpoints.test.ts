import { Buffer } from "node:buffer";
import { Command, type MemorySaver } from "@langchain/langgraph";
import { describe, expect, test } from "vitest";
import { type AuditedThread, auditedThread } from "./audited-thread.fixture.ts";
import type { ThreadVerification } from "./verification.ts";

const whole = (verification: ThreadVerification): unknown => {
  const { stored, told, whole: same, findings, unchecked } = verification;
  return {
    isAny: stored > 0,
    isTold: told === stored,
    isWhole: same === stored,
    findings,
    unchecked,
  };
};
const allWhole = { isAny: true, isTold: true, isWhole: true, findings: [], unchecked: [] };

describe("a lawful history has no finding:", () => {
  const histories: Readonly<Record<string, (on: AuditedThread) => Promise<unknown>>> = {
    "a run": ({ graph, config }) => graph.invoke({ log: ["in"] }, config),
    "two runs": async ({ graph, config }) => {
      await graph.invoke({ log: ["one"] }, config);
      await graph.invoke({ log: ["two"] }, config);
    },
    "an interrupt, and its answer": async ({ graph, config }) => {
      await graph.invoke({ log: ["ask"] }, config);
      await graph.invoke(new Command({ resume: "yes" }), config);
    },
    "a state that was updated by hand": async ({ graph, config }) => {
      await graph.invoke({ log: ["in"] }, config);
      await graph.updateState(config, { log: ["corrected"] }, "think");
      await graph.invoke(null, config);
    },
    "time travel and a fork": async ({ graph, config }) => {
      await graph.invoke({ log: ["in"] }, config);
      const history = await historyOf(graph.getStateHistory(config));
      const [, , before] = history;
      await graph.invoke(null, { ...config, ...before?.config });
      const fork = await graph.updateState({ ...config, ...before?.config }, { log: ["fork"] });
      await graph.invoke(null, { ...config, ...fork });
    },
    "runs beside each other on one thread": async ({ graph, config }) => {
      await Promise.all(["a", "b", "c"].map((log) => graph.invoke({ log: [log] }, config)));
    },
    "durability by exit": ({ graph, config }) =>
      graph.invoke({ log: ["in"] }, { ...config, durability: "exit" }),
    "durability by step": ({ graph, config }) =>
      graph.invoke({ log: ["in"] }, { ...config, durability: "sync" }),
    "a thread that was deleted, and begun again": async ({ graph, config }) => {
      await graph.invoke({ log: ["in"] }, config);
      await graph.checkpointer.deleteThread("thread");
      await graph.invoke({ log: ["again"] }, config);
    },
  };
  test.each(Object.entries(histories))("%s", async (_, history) => {
    const thread = auditedThread();
    await history(thread);
    expect(whole(await thread.verified())).toEqual(allWhole);
  });
});

describe("what was done behind the application's back is named:", () => {
  test("a thread that was deleted from the database", async () => {
    const thread = await recorded();
    delete thread.saver.storage["thread"];
    const { findings, told } = await thread.verified();
    expect(codesOf({ findings })).toEqual(["CHECKPOINT_MISSING"]);
    expect(findings).toHaveLength(told);
  });

  const tampering: Readonly<
    Record<string, readonly [done: (on: AuditedThread) => unknown, codes: readonly string[]]>
  > = {
    "a value": [
      ({ saver }) =>
        edit(saver, 1, ({ channel_values: values }) => values["log"]?.push("never said")),
      ["VALUE_CHANGED"],
    ],
    "a version": [
      ({ saver }) =>
        edit(saver, 1, (checkpoint) => {
          checkpoint.channel_versions["log"] = 99;
        }),
      ["VERSION_CHANGED"],
    ],
    "what a node has seen": [
      ({ saver }) =>
        edit(saver, 1, (checkpoint) => {
          checkpoint.versions_seen["think"] = {};
        }),
      ["FRAME_CHANGED"],
    ],
    "the parent": [
      ({ saver }) => {
        const row = rowsOf(saver)[0]?.[1];
        if (row) row[2] = rowsOf(saver)[3]?.[0];
      },
      ["PARENT_CHANGED"],
    ],
    metadata: [
      ({ saver }) => {
        const row = rowsOf(saver)[1]?.[1];
        if (row) row[1] = encoded({ ...decoded(row[1]), step: 7 });
      },
      ["METADATA_CHANGED"],
    ],
    "a row that was deleted": [
      ({ saver }) => {
        const [id] = rowsOf(saver)[2] ?? [];
        if (id !== undefined) delete saver.storage["thread"]?.[""]?.[id];
      },
      ["CHECKPOINT_MISSING"],
    ],
    "a row that was put in": [
      ({ saver }) => {
        const [id, row] = rowsOf(saver)[0] ?? [];
        const outermost = saver.storage["thread"]?.[""];
        if (!outermost || !row || id === undefined) return;
        const made = `2${id.slice(1)}`;
        outermost[made] = [encoded({ ...decoded(row[0]), id: made }), row[1], id];
      },
      ["CHECKPOINT_UNTOLD"],
    ],
    "two rows that changed places": [
      ({ saver }) => {
        const [one, two] = [rowsOf(saver)[1], rowsOf(saver)[2]];
        const outermost = saver.storage["thread"]?.[""];
        if (outermost && one && two) {
          outermost[one[0]] = two[1];
          outermost[two[0]] = one[1];
        }
      },
      ["FRAME_CHANGED", "METADATA_CHANGED", "PARENT_CHANGED", "VERSION_CHANGED"],
    ],
    "a pending write": [
      ({ saver }) => {
        const write = writesOf(saver).find(([, [, channel]]) => channel === "log")?.[1];
        if (write) write[2] = encoded(["never written"]);
      },
      ["WRITE_CHANGED"],
    ],
    "a pending write that was deleted": [
      ({ saver }) => {
        for (const rows of Object.values(saver.writes))
          for (const [place, [, channel]] of Object.entries(rows))
            if (channel === "log") {
              delete rows[place];
              return;
            }
      },
      ["WRITE_MISSING"],
    ],
    "one of two pending writes to the same channel": [
      ({ saver }) => {
        const rows = Object.values(saver.writes).find((of) =>
          Object.values(of).some(([, channel]) => channel === "twice"),
        );
        const [place] =
          Object.entries(rows ?? {}).find(([, [, channel]]) => channel === "twice") ?? [];
        if (rows && place !== undefined) delete rows[place];
      },
      ["WRITE_MISSING"],
    ],
    "a pending write that was put in": [
      ({ saver }) => {
        const [rows] = Object.values(saver.writes);
        const [task] = Object.values(rows ?? {})[0] ?? [];
        if (rows && task !== undefined) rows["9"] = [task, "smuggled", encoded("in")];
      },
      ["WRITE_UNTOLD"],
    ],
  };
  test.each(Object.entries(tampering))("%s", async (_, [done, codes]) => {
    const thread = await recorded();
    expect(whole(await thread.verified())).toEqual(allWhole);
    done(thread);
    expect(codesOf(await thread.verified())).toEqual(codes);
  });

  test("an old copy of the database that was put back", async () => {
    const thread = auditedThread();
    await thread.graph.invoke({ log: ["one"] }, thread.config);
    const copy = structuredClone({ storage: thread.saver.storage, writes: thread.saver.writes });
    await thread.graph.invoke({ log: ["two"] }, thread.config);
    Object.assign(thread.saver, copy);
    expect(codesOf(await thread.verified())).toEqual(["CHECKPOINT_MISSING"]);
  });

  test("a state that was edited for one run and put right again", async () => {
    const thread = await recorded();
    const copy = structuredClone(thread.saver.storage);
    edit(thread.saver, 0, ({ channel_values: values }) => values["log"]?.push("for this run only"));
    await thread.graph.invoke({ log: ["on"] }, thread.config);
    for (const [id, row] of Object.entries(copy["thread"]?.[""] ?? {})) {
      const outermost = thread.saver.storage["thread"]?.[""];
      if (outermost) outermost[id] = row;
    }
    expect(codesOf(await thread.verified())).toContain("RESUMED_CHANGED");
  });

  test("a value that a checkpointer gave to the wrong branch of a fork, with the branch that it is of", async () => {
    const thread = await forked();
    const [mine, sibling] = sameVersionOf(thread.saver, "log");
    edit(thread.saver, mine, ({ channel_values: values }) => {
      values["log"] = valuesAt(thread.saver, sibling);
    });
    const { findings } = await thread.verified();
    expect(findings).toMatchObject([{ code: "VALUE_OF_BRANCH", channel: "log" }]);
    expect(findings[0]?.message).toContain(rowsOf(thread.saver)[sibling]?.[0]);
  });

  test("a thread that was removed, and stands again", async () => {
    const thread = await recorded();
    const copy = structuredClone(thread.saver.storage);
    await thread.graph.checkpointer.deleteThread("thread");
    Object.assign(thread.saver.storage, copy);
    expect(codesOf(await thread.verified())).toEqual(["CHECKPOINT_REMOVED_STANDS"]);
  });
});

test("a journal that tells nothing of the thread finds nothing, and says that it checked nothing", async () => {
  const thread = await recorded();
  const other = auditedThread();
  const { findings, unchecked } = await thread.verified(other.dir);
  expect(findings).toEqual([]);
  expect(unchecked).toMatchObject([{ code: "NOTHING_TOLD" }]);
});

async function recorded(): Promise<AuditedThread> {
  const thread = auditedThread();
  await thread.graph.invoke({ log: ["in"] }, thread.config);
  await thread.graph.invoke({ log: ["ask"] }, thread.config);
  const newest = await thread.saver.getTuple(thread.config);
  if (newest)
    await thread.graph.checkpointer.putWrites(
      newest.config,
      [
        ["twice", 1],
        ["twice", 2],
      ],
      "task",
    );
  return thread;
}

/** A thread that went on twice from one checkpoint, each time with other words. */
async function forked(): Promise<AuditedThread> {
  const thread = auditedThread();
  const { graph, config } = thread;
  await graph.invoke({ log: ["in"] }, config);
  const [, , before] = await historyOf(graph.getStateHistory(config));
  const fork = await graph.updateState({ ...config, ...before?.config }, { log: ["fork"] });
  await graph.invoke(null, { ...config, ...fork });
  return thread;
}

/** Two rows in which a channel has the same version and another value; the second is where it was written. */
function sameVersionOf(saver: MemorySaver, channel: string): readonly [number, number] {
  const seen = new Map<number, number>();
  for (const [place, [, [bytes]]] of rowsOf(saver).entries()) {
    const { channel_versions: versions } = decoded(bytes) as unknown as EditedCheckpoint;
    const version = versions[channel] ?? 0;
    const other = seen.get(version);
    if (other !== undefined && differ(saver, place, other)) return [other, place];
    seen.set(version, place);
  }
  throw new Error("no two branches have a version in common");
}

const valuesAt = (saver: MemorySaver, place: number): string[] => {
  const row = rowsOf(saver)[place]?.[1];
  const checkpoint = row && (decoded(row[0]) as unknown as EditedCheckpoint);
  return checkpoint?.channel_values["log"] ?? [];
};

const differ = (saver: MemorySaver, left: number, right: number): boolean =>
  JSON.stringify(valuesAt(saver, left)) !== JSON.stringify(valuesAt(saver, right));

const codesOf = ({ findings }: Pick<ThreadVerification, "findings">): readonly string[] =>
  [...new Set(findings.map(({ code }) => code))].toSorted();

type Row = MemorySaver["storage"][string][string][string];

interface EditedCheckpoint {
  readonly channel_values: Record<string, string[]>;
  readonly channel_versions: Record<string, number>;
  readonly versions_seen: Record<string, unknown>;
}

/** Of the outermost graph, the newest first. */
function rowsOf({ storage }: MemorySaver): readonly (readonly [string, Row])[] {
  return Object.entries(storage["thread"]?.[""] ?? {}).toSorted(([left], [right]) =>
    left < right ? 1 : -1,
  );
}

const writesOf = ({ writes }: MemorySaver) =>
  Object.values(writes).flatMap((rows) => Object.entries(rows));

function edit(saver: MemorySaver, place: number, change: (checkpoint: EditedCheckpoint) => void) {
  const row = rowsOf(saver)[place]?.[1];
  if (!row) return;
  const checkpoint = decoded(row[0]) as unknown as EditedCheckpoint;
  change(checkpoint);
  row[0] = encoded(checkpoint);
}

const decoded = (bytes: Uint8Array): Record<string, unknown> =>
  JSON.parse(Buffer.from(bytes).toString("utf8")) as Record<string, unknown>;
const encoded = (value: unknown): Uint8Array => new Uint8Array(Buffer.from(JSON.stringify(value)));

async function historyOf<Snapshot>(snapshots: AsyncIterable<Snapshot>): Promise<Snapshot[]> {
  const all: Snapshot[] = [];
  for await (const snapshot of snapshots) all.push(snapshot);
  return all;
}
