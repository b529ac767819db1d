import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isRecord } from "@spoor/core";
import { expect, test } from "vitest";
import { problemsWith } from "../json-schema.fixture.ts";
import { recordingOf, type Ran, runIn, temporaryFolder } from "../spoor.fixture.ts";

const toolLoop = "18f4815b-0cc2-4381-831e-e92bac38d335";
const forked = "c3a0129b-b613-4796-b98a-598b5954ac2a";
const resumed = "b7f2110c-1013-4f66-b4aa-e525f6fc7493";

async function show(...args: readonly string[]): Promise<Ran> {
  const cwd = temporaryFolder();
  const files = ["b-tool-loop", "n-resume"].map(recordingOf);
  await runIn(cwd, ["import", "claude-code", ...files]);
  return runIn(cwd, ["show", ...args]);
}

test.each([
  ["its id", toolLoop, toolLoop],
  ["the beginning of it", "18f", toolLoop],
  ["latest, the one that was last active", "latest", forked],
])("a session is found by %s", async (_, asked, found) => {
  const { code, stdout } = await show(asked, "--json");
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ session: { id: found } });
});

test.each([
  ["no session", ["zzz"], "no session zzz in this journal"],
  ["nothing named", [], "takes one session"],
  ["two named", [toolLoop, forked], "takes one session"],
  ["an unknown option", [toolLoop, "--fancy"], "no option --fancy"],
])("%s is one sentence and exit code 2", async (_, args, sentence) => {
  const { code, stdout, stderr } = await show(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^spoor: [^\n]+\n$/);
  expect(stderr).toContain(sentence);
});

test("a beginning that several sessions share names them", async () => {
  const { code, stderr } = await show("");
  expect(code).toBe(2);
  expect(stderr).toContain("3 sessions begin with");
  expect(stderr).toContain(resumed);
});

test("for people, a session is a tree, in colour only where a terminal asks for it", async () => {
  const { stdout } = await show(toolLoop);
  expect(stdout).toContain("├─ tool Read");
  expect(stdout).not.toContain("\u001B");
});

test("an entry that cannot be read is left out, and that is said once", async () => {
  const cwd = temporaryFolder();
  await runIn(cwd, ["import", "claude-code", recordingOf("b-tool-loop")]);
  const before = await runIn(cwd, ["show", "latest", "--json"]);
  appendFileSync(join(cwd, ".spoor/lanes/0/segments/0001/entries.ndjson"), '{"v":0}\n');
  const after = await runIn(cwd, ["show", "latest", "--json"]);
  expect(after).toEqual({
    ...before,
    stderr: "spoor: left out what cannot be read in the journal: 1 line\n",
  });
});

test("what --json prints is what the schema says, and no field of it is missing there", async () => {
  const schema: unknown = JSON.parse(
    readFileSync(new URL("../../../../docs/spec/show.schema.json", import.meta.url), "utf8"),
    closed,
  );
  for (const asked of [toolLoop, forked, resumed]) {
    const { stdout } = await show(asked, "--json");
    expect(problemsWith(JSON.parse(stdout), schema)).toEqual([]);
  }
});

/** The schema lets fields be added; here none may be that it does not tell of. */
function closed(_name: string, part: unknown): unknown {
  const isOpen = isRecord(part) && isRecord(part["properties"]);
  return isOpen ? { additionalProperties: false, ...part } : part;
}
