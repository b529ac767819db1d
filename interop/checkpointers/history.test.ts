import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ThreadVerification } from "@spoor/langgraph";
import { afterAll, describe, expect, test } from "vitest";
import { spoor } from "../audit/spoor-command.ts";
import { startedWithTables, wanted } from "./databases/started.ts";
import { withUniqueVersions } from "./databases/unique-versions.ts";
import { dialects } from "./histories/dialect.ts";
import { branching, lawful } from "./histories/lawful.ts";
import { type RecordedThread, recordedThread } from "./histories/recorded-thread.ts";
import { dumped, putBack, tamperingIn } from "./histories/tampering.ts";

const checkpointers = await startedWithTables();
afterAll(() => checkpointers.stop());
const dialect = dialects[wanted];
if (!dialect) throw new Error(`nobody knows how ${wanted} is spoken to`);

const allWhole = { isTold: true, isWhole: true, findings: [], unchecked: [] };

describe("a lawful history has no finding:", () => {
  test.each(Object.entries(lawful))("%s", async (_, history) => {
    const thread = await recordedThread(checkpointers);
    await history(thread);
    expect(comparedIn(await thread.verified())).toEqual(allWhole);
  });

  const prepare = wanted === "postgres" ? withUniqueVersions : undefined;
  test.each(Object.entries(branching))("%s", async (_, history) => {
    const thread = await recordedThread(checkpointers, prepare);
    await history(thread);
    expect(comparedIn(await thread.verified())).toEqual(allWhole);
  });
});

describe.runIf(wanted === "postgres")(
  "PostgresSaver gives a branch what another one wrote:",
  () => {
    test.each(Object.entries(branching))("%s", async (_, history) => {
      const thread = await recordedThread(checkpointers);
      await history(thread);
      const codes = codesOf(await thread.verified());
      expect(codes).toContain("VALUE_OF_BRANCH");
      expect(["RESUMED_CHANGED", "VALUE_OF_BRANCH"]).toEqual(expect.arrayContaining([...codes]));
    });
  },
);

describe("what was done behind the application's back is named:", () => {
  test.each(Object.entries(tamperingIn(dialect)))("%s", async (_, { statements, codes }) => {
    const thread = await asking();
    expect(comparedIn(await thread.verified())).toEqual(allWhole);
    expect(await thread.tables.change(statements)).toBeGreaterThan(0);
    expect(codesOf(await thread.verified())).toEqual(codes);
  });

  test("an old dump that was put back", async () => {
    const thread = await recordedThread(checkpointers);
    await thread.graph.invoke({ log: ["one"] }, thread.config);
    await thread.tables.change(dumped(dialect));
    await thread.graph.invoke({ log: ["two"] }, thread.config);
    expect(comparedIn(await thread.verified())).toEqual(allWhole);
    await thread.tables.change(putBack(dialect));
    expect(codesOf(await thread.verified())).toEqual(["CHECKPOINT_MISSING"]);
  });

  test("a state that was edited for one run and put right again", async () => {
    const thread = await recordedThread(checkpointers);
    await thread.graph.invoke({ log: ["one"] }, thread.config);
    await thread.tables.change(dumped(dialect));
    await thread.tables.change(dialect.changeLog("checkpoints.checkpoint_ns = ''"));
    await thread.graph.invoke({ log: ["two"] }, thread.config);
    await thread.tables.change(putRight());
    expect(codesOf(await thread.verified())).toContain("RESUMED_CHANGED");
  });

  test("a thread that was removed, and stands again", async () => {
    const thread = await asking();
    await thread.tables.change(dumped(dialect));
    await thread.checkpointer.deleteThread("thread");
    await thread.tables.change(putBack(dialect));
    expect(codesOf(await thread.verified())).toEqual(["CHECKPOINT_REMOVED_STANDS"]);
  });
});

test("the command says it to a user, and ends with 1", async () => {
  const thread = await asking();
  writeFileSync(join(thread.folder, "checkpointer.ts"), thread.tables.application);
  const verified = async () => {
    await thread.verified();
    return spoor(thread.folder, "verify-checkpoints", "checkpointer.ts", "--dir", ".spoor");
  };
  const before = await verified();
  expect(before).toMatchObject({ code: 0, stderr: "" });
  expect(before.stdout).toContain("Nothing found");
  await thread.tables.change(dialect.changeLog("checkpoints.checkpoint_ns = ''"));
  const after = await verified();
  expect(after.code).toBe(1);
  expect(after.stdout).toMatch(/the value of channel log is another one/);
});

/** The rows of the first run as they were, and those of the second as they are. */
function putRight(): string {
  const table = wanted === "sqlite" ? "checkpoints" : "checkpoint_blobs";
  const keys = wanted === "sqlite" ? "checkpoint_id" : "channel, version";
  return `DELETE FROM ${table} WHERE (checkpoint_ns, ${keys}) IN (SELECT checkpoint_ns, ${keys} FROM old_${table});
    INSERT INTO ${table} SELECT * FROM old_${table}`;
}

/** A run that is done, and one that waits for an answer. */
async function asking(): Promise<RecordedThread> {
  const thread = await recordedThread(checkpointers);
  await thread.graph.invoke({ log: ["in"] }, thread.config);
  await thread.graph.invoke({ log: ["ask"] }, thread.config);
  return thread;
}

function comparedIn({ stored, told, whole, findings, unchecked }: ThreadVerification): unknown {
  return { isTold: told === stored, isWhole: whole === stored, findings, unchecked };
}

function codesOf({ findings }: ThreadVerification): readonly string[] {
  return [...new Set(findings.map(({ code }) => code))].toSorted();
}
