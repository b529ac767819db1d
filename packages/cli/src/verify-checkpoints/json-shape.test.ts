import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createObserver, isRecord } from "@spoor/core";
import { auditCheckpointer } from "@spoor/langgraph";
import { expect, test } from "vitest";
import { problemsWith } from "../json-schema.fixture.ts";
import { runIn, temporaryFolder } from "../spoor.fixture.ts";
import { fileSaver } from "./file-saver.fixture.ts";

interface Saver {
  put(config: object, checkpoint: object, metadata: object, versions: object): Promise<object>;
}

const fixture = fileURLToPath(new URL("file-saver.fixture.ts", import.meta.url));
const schema: unknown = JSON.parse(
  readFileSync(new URL("../../../../docs/spec/checkpoints.schema.json", import.meta.url), "utf8"),
  (_, part: unknown) =>
    isRecord(part) && isRecord(part["properties"])
      ? { additionalProperties: false, ...part }
      : part,
);

const checkpoint = (step: number) => ({
  v: 4,
  id: `1f0-${step}`,
  ts: "2026-01-01T00:00:00Z",
  channel_values: { count: step },
  channel_versions: { count: step },
  versions_seen: {},
});

test.each([
  ["where all is as it was written", (text: string) => text, 0],
  ["where something was found", (text: string) => text.replace('"count":2', '"count":7'), 1],
  ["where something could not be checked", () => "[]", 0],
])("what --json prints is what the schema says, %s", async (name, tamper, code) => {
  const cwd = temporaryFolder();
  const database = join(cwd, "database.json");
  const observer = createObserver({ journal: { dir: join(cwd, ".spoor") }, flushOnExit: false });
  const saver = auditCheckpointer(fileSaver(database), observer) as Saver;
  let config: object = { configurable: { thread_id: "thread", checkpoint_ns: "" } };
  for (const step of [1, 2])
    config = await saver.put(config, checkpoint(step), { source: "loop", step }, { count: step });
  await observer.close();
  writeFileSync(database, tamper(readFileSync(database, "utf8")));
  writeFileSync(
    join(cwd, "saver.ts"),
    `import { fileSaver } from ${JSON.stringify(fixture)};\nexport default fileSaver(${JSON.stringify(database)});\n`,
  );
  const thread = name.includes("could not") ? ["--thread", "unheard of"] : [];
  const ran = await runIn(cwd, ["verify-checkpoints", "saver.ts", ...thread, "--json"]);
  const report: unknown = JSON.parse(ran.stdout);
  expect(ran.code).toBe(code);
  expect(problemsWith(report, schema)).toEqual([]);
  const [of] = isRecord(report) && Array.isArray(report["threads"]) ? report["threads"] : [];
  expect(of).toMatchObject({
    findings: { length: code === 0 ? 0 : 1 },
    unchecked: { length: thread.length === 0 ? 0 : 1 },
  });
});
