import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { type Ran, runIn, temporaryFolder } from "../spoor.fixture.ts";

const recordings = new URL("../../../crew/src/crewai/fixtures/recordings/", import.meta.url);

/** A folder with these recordings, unpacked. */
function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, file] of Object.entries(files))
    writeFileSync(
      join(folder, name),
      gunzipSync(readFileSync(new URL(`${file}.ndjson.gz`, recordings))),
    );
  return folder;
}

const importIn = (cwd: string, ...names: readonly string[]): Promise<Ran> =>
  runIn(cwd, ["import", "crewai", ...names, "--json"]);

const show = async (cwd: string, session: string): Promise<Record<string, unknown>> =>
  JSON.parse((await runIn(cwd, ["show", session, "--json"])).stdout);

const native = {
  "events.ndjson": "otel/j-hierarchical.native.events",
  "spans.ndjson": "otel/j-hierarchical.native.spans",
};

test.each([
  ["the events first", ["events.ndjson", "spans.ndjson"]],
  ["the spans first", ["spans.ndjson", "events.ndjson"]],
])("the events of a crew and CrewAI's own spans of it are one session, %s", async (_, files) => {
  const cwd = folderOf(native);
  for (const file of files) expect((await importIn(cwd, file)).code).toBe(0);
  const again = JSON.parse((await importIn(cwd, ...files)).stdout);
  expect(again).toMatchObject({ events: 0, unknown: 0, malformed: 0 });
  expect(again.sessions).toHaveLength(1);
  expect((await show(cwd, again.sessions[0]))["session"]).toMatchObject({
    framework: "crewai",
    turns: 1,
    modelCalls: 6,
    toolCalls: 3,
    usageComplete: true,
    usage: { output: 113 },
  });
});

test("what a task was to give stands beside what it gave", async () => {
  const cwd = folderOf({ "run.ndjson": "v1.15.30/f-guardrail-retry.events" });
  const { sessions } = JSON.parse((await importIn(cwd, "run.ndjson")).stdout);
  const { turns } = await show(cwd, sessions[0]);
  const [{ spans }] = turns as [{ readonly spans: readonly unknown[] }];
  expect(spans).toContainEqual(
    expect.objectContaining({
      kind: "task",
      expected: "One number.",
      actual: "The depth is 12.5 m.",
    }),
  );
});

test("a key that CrewAI has written into its events is in no file of the journal", async () => {
  const cwd = temporaryFolder();
  const file = new URL("v1.15.30/b-native-tool.events.ndjson.gz", recordings);
  const lines = gunzipSync(readFileSync(file)).toString("utf8");
  const planted = "sk-PLANTEDkey0123456789abcdef";
  writeFileSync(join(cwd, "run.ndjson"), lines.replaceAll("[key removed]", planted));
  expect((await importIn(cwd, "run.ndjson")).code).toBe(0);
  const journal = join(cwd, ".spoor");
  const files = readdirSync(journal, { recursive: true, withFileTypes: true });
  const written = files
    .filter((file) => file.isFile())
    .map((file) => readFileSync(join(file.parentPath, file.name), "latin1"));
  expect(written.join("\n")).toContain("workflow");
  expect(written.join("\n")).not.toContain(planted);
});

test("what CrewAI did not write is refused", async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "notes.log"), "nothing of it\n");
  expect(await importIn(cwd, "notes.log")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("is no recording of CrewAI"),
  });
});
