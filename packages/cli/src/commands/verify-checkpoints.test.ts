import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createObserver } from "@spoor/core";
import { auditCheckpointer } from "@spoor/langgraph";
import { expect, test } from "vitest";
import { runIn, temporaryFolder } from "../spoor.fixture.ts";
import { fileSaver } from "../verify-checkpoints/file-saver.fixture.ts";

interface Saver {
  put(config: object, checkpoint: object, metadata: object, versions: object): Promise<object>;
}

const fixture = fileURLToPath(
  new URL("../verify-checkpoints/file-saver.fixture.ts", import.meta.url),
);

/** A folder with a journal, a database of three checkpoints, and a module that opens it. */
async function recorded(): Promise<string> {
  const cwd = temporaryFolder();
  const database = join(cwd, "database.json");
  const observer = createObserver({ journal: { dir: join(cwd, ".spoor") }, flushOnExit: false });
  const saver = auditCheckpointer(fileSaver(database), observer) as Saver;
  let config: object = { configurable: { thread_id: "thread", checkpoint_ns: "" } };
  for (const step of [1, 2, 3])
    config = await saver.put(
      config,
      {
        v: 4,
        id: `1f0-${step}`,
        ts: `2026-01-0${step}T00:00:00Z`,
        channel_values: { count: step },
        channel_versions: { count: step },
        versions_seen: {},
      },
      { source: "loop", step, parents: {} },
      { count: step },
    );
  await observer.close();
  const module = `import { fileSaver } from ${JSON.stringify(fixture)};\nexport default () => fileSaver(${JSON.stringify(database)});\n`;
  writeFileSync(join(cwd, "saver.ts"), module);
  return cwd;
}

test("says of each thread how much is stored, told of, and as it was written", async () => {
  const { code, stdout, stderr } = await runIn(await recorded(), [
    "verify-checkpoints",
    "saver.ts",
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toBe(`Thread thread
  3 checkpoints stored, 3 told of, 3 as written, resumed from 0 times

Nothing found: what could be compared is as it was written.
`);
});

test("names the checkpoint and the channel that somebody has changed, and fails", async () => {
  const cwd = await recorded();
  const database = join(cwd, "database.json");
  const stored = readFileSync(database, "utf8");
  writeFileSync(
    database,
    stored.replace('{"count":2},"channel_versions"', '{"count":7},"channel_versions"'),
  );
  const { code, stdout } = await runIn(cwd, [
    "verify-checkpoints",
    "saver.ts",
    "--thread",
    "thread",
  ]);
  expect(code).toBe(1);
  expect(stdout).toContain("  ✗ 1f0-2: the value of channel count is another one\n");
  expect(stdout).toContain("3 checkpoints stored, 3 told of, 2 as written");
  const { stdout: json } = await runIn(cwd, ["verify-checkpoints", "saver.ts", "--json"]);
  expect(JSON.parse(json)).toMatchObject({
    threads: [
      {
        thread: "thread",
        whole: 2,
        findings: [{ code: "VALUE_CHANGED", checkpoint: "1f0-2", channel: "count", task: null }],
      },
    ],
  });
});

test.each([
  ["no module", [], "takes the module of a checkpointer"],
  ["a file that is not there", ["nowhere.ts"], "there is no file"],
  ["a module without a checkpointer", ["empty.ts"], "has no checkpointer for its default export"],
  ["a module that throws", ["throwing.ts"], "could not be run: no database"],
])("%s is one sentence and exit code 2", async (_, args, sentence) => {
  const cwd = await recorded();
  writeFileSync(join(cwd, "empty.ts"), "export const saver = 1;\n");
  writeFileSync(join(cwd, "throwing.ts"), 'throw new Error("no database");\n');
  const { code, stdout, stderr } = await runIn(cwd, ["verify-checkpoints", ...args]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(sentence);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});

test("a journal that tells of no checkpoint says what was left out", async () => {
  const cwd = await recorded();
  const { code, stderr } = await runIn(cwd, [
    "verify-checkpoints",
    "saver.ts",
    "--dir",
    temporaryFolder(),
  ]);
  expect(code).toBe(2);
  expect(stderr).toContain("compiled with auditCheckpointer");
});
