import { readFileSync } from "node:fs";
import { isRecord } from "@spoor/core";
import { expect, test } from "vitest";
import { problemsWith } from "../json-schema.fixture.ts";
import { type Ran, recordingOf, runIn, temporaryFolder } from "../spoor.fixture.ts";

const edit = "toolu_01editAMockMockMockMockM";

async function why(...args: readonly string[]): Promise<Ran> {
  const cwd = temporaryFolder();
  const files = ["b-tool-loop", "e3-subagent-background", "n-resume"].map(recordingOf);
  await runIn(cwd, ["import", "claude-code", ...files]);
  return runIn(cwd, ["why", ...args]);
}

test("a chain of causes leads from a tool call to what was asked, and its texts to where they came from", async () => {
  const { code, stdout } = await why(edit);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^why tool Edit {2}turn 0 /);
  expect(stdout).toContain("acts on what was returned by tool Read");
  expect(stdout).toContain("began with what was asked and nobody recorded it");
  expect(stdout).toMatch(
    /old_string \u201Creturn a - b;\u201D\n +turn 0, what came out of tool Read/,
  );
  expect(stdout).not.toContain("\u001B");
});

test("a span is found by its id, its key, or the beginning of either", async () => {
  const { stdout: whole } = await why(edit, "--json");
  const report: unknown = JSON.parse(whole);
  const spanId = isRecord(report) && isRecord(report["span"]) ? report["span"]["spanId"] : null;
  for (const name of [String(spanId), String(spanId).slice(0, 8), "toolu_01edit"])
    expect((await why(name, "--json")).stdout).toBe(whole);
});

test.each([
  ["nothing named", [], "takes one span"],
  ["two named", ["a", "b"], "takes one span"],
  ["no such span", ["toolu_gone"], "no span toolu_gone in this journal"],
  ["a beginning that several share", ["toolu_01"], "spans answer to toolu_01"],
  ["a session without it", [edit, "--session", "abf2025a"], `no span ${edit}`],
])("%s is one sentence and exit code 2", async (_, args, sentence) => {
  const { code, stdout, stderr } = await why(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^spoor: [^\n]+\n$/);
  expect(stderr).toContain(sentence);
});

test("what --json prints is what the schema says, and no field of it is missing there", async () => {
  const schema: unknown = JSON.parse(
    readFileSync(new URL("../../../../docs/spec/why.schema.json", import.meta.url), "utf8"),
    closed,
  );
  for (const name of [edit, "toolu_01subReadD", "msg_01e3subagentbackgr000005"]) {
    const { stdout } = await why(name, "--json");
    expect(problemsWith(JSON.parse(stdout), schema)).toEqual([]);
  }
});

/** The schema lets fields be added; here none may be that it does not tell of. */
function closed(_name: string, part: unknown): unknown {
  const isOpen = isRecord(part) && isRecord(part["properties"]);
  return isOpen ? { additionalProperties: false, ...part } : part;
}
