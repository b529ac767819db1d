import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verifyCheckpoints } from "@spoor/langgraph";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { spoorJson } from "../audit/spoor-command.ts";
import { startedWithTables } from "./databases/started.ts";
import { start } from "./killed/application.ts";

const checkpointers = await startedWithTables();
afterAll(() => checkpointers.stop());

interface Turn {
  readonly turnId: string;
  readonly traceId: string;
  readonly activations: number;
  readonly status: string;
  readonly links: readonly object[];
  readonly spans: readonly {
    readonly kind: string;
    readonly name: string;
    readonly status: string;
    readonly parentSpanId: string | null;
  }[];
}
interface Shown {
  readonly turns: readonly Turn[];
}

test("an agent that is killed while it waits goes on in a process with another journal: one turn, one trace", async () => {
  const folder = mkdtempSync(join(tmpdir(), "spoor-killed-"));
  const tables = await checkpointers.open();
  onTestFinished(async () => {
    await tables.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const first = join(folder, "first");
  const second = join(folder, "second");
  const both = join(folder, "both");
  const asking = start("asks", tables.address, first);
  await asking.says("suspended");
  await asking.kill();
  const answering = start("answers", tables.address, second);
  expect(await answering.lastWords()).toBe('["thought","yes","after"]');
  // As if both had written to one folder: each has its lane.
  cpSync(first, both, { recursive: true });
  cpSync(join(second, "lanes/0"), join(both, "lanes/1"), { recursive: true });

  const [before, after, whole] = await Promise.all([turnIn(first), turnIn(second), turnIn(both)]);
  expect(before).toMatchObject({ activations: 1, status: "suspended" });
  expect(stepsOf(before)).toEqual(["think ok", "ask suspended"]);
  // The second journal has never heard of the first: what it goes on with, the checkpoint has told it.
  expect(after).toMatchObject({ activations: 1, status: "ok", traceId: before.traceId });
  expect(after.spans[0]?.parentSpanId).toBe(before.turnId);
  expect(stepsOf(after)).toEqual(["ask ok", "after ok"]);
  const { turnId, traceId } = before;
  expect(whole).toMatchObject({ activations: 2, status: "ok", turnId, traceId });
  expect(whole.links).toEqual([{ kind: "resume", traceId, spanId: turnId }]);
  expect(stepsOf(whole)).toEqual([...stepsOf(before), ...stepsOf(after)]);

  const journal = [first, second];
  const verification = await verifyCheckpoints(tables.saver, { thread: "killed", journal });
  const { stored, told, whole: asWritten, resumed, findings, unchecked } = verification;
  expect({ findings, unchecked, resumed }).toEqual({ findings: [], unchecked: [], resumed: 1 });
  expect(stored).toBeGreaterThan(0);
  expect([told, asWritten]).toEqual([stored, stored]);
}, 120_000);

/** The only one that `spoor show` knows of. */
async function turnIn(journal: string): Promise<Turn> {
  const { turns } = await spoorJson<Shown>(journal, "show", "killed", "--dir", journal);
  const [turn] = turns;
  expect(turns).toHaveLength(1);
  if (!turn) throw new Error(`there is no turn in ${journal}`);
  return turn;
}

const stepsOf = ({ spans }: Turn): readonly string[] =>
  spans.filter(({ kind }) => kind === "step").map(({ name, status }) => `${name} ${status}`);
