import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createObserver } from "@spoor/core";
import { describe, expect, test } from "vitest";
import { runIn, temporaryFolder } from "../spoor.fixture.ts";

const unusable = JSON.stringify({ settleMs: "2s", exporter: [] });
const reason =
  'spoor.config.json cannot be used, 2 things are wrong:\n  - `settleMs`: expected a number from 0 to 2147483647, received "2s"\n  - unknown key `exporter` in config, did you mean `exporters`?\n';

/** A project whose config cannot be used, as in a shell that lacks what the application has. */
async function project({ isRecorded }: { readonly isRecorded: boolean }): Promise<string> {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "spoor.config.json"), unusable);
  if (!isRecorded) return cwd;
  const observer = createObserver({ journal: { dir: join(cwd, ".spoor") } });
  observer.session({ id: "chat-42" }).turn({ input: "hello" }, () => {});
  await observer.close();
  return cwd;
}

const readers = [
  ["sessions"],
  ["show", "latest"],
  ["find", "hello"],
  ["why", "turn"],
  ["cost"],
  ["tail"],
  ["verify"],
];
const writers = [["export", "latest", "--to", "ndjson"], ["import", "autogen", "."], ["retain"]];

describe("where the config cannot be used", () => {
  test.each(readers)("spoor %s reads the journal without it, and says so once", async (...args) => {
    const cwd = await project({ isRecorded: true });
    const { stderr } = await runIn(cwd, args);
    expect(stderr.slice(0, stderr.indexOf("`exporters`?\n") + 13)).toBe(
      `spoor: read without the config, from ${join(cwd, ".spoor")}, because ${reason}`,
    );
    expect(stderr.split("cannot be used")).toHaveLength(2);
  });

  test.each(readers)("spoor %s is bad input where no journal lies without it", async (...args) => {
    const cwd = await project({ isRecorded: false });
    expect(await runIn(cwd, args)).toEqual({
      code: 2,
      stdout: "",
      stderr: `spoor: ${reason}Correct each, or leave it out: every value has a default.\n`,
    });
  });

  test.each(writers)("spoor %s does nothing", async (...args) => {
    const cwd = await project({ isRecorded: true });
    writeFileSync(join(cwd, "run.log"), "");
    const { code, stderr } = await runIn(cwd, args);
    expect(code).toBe(2);
    expect(stderr).toContain(`spoor: ${reason}`);
  });
});

test("below a folder with a journal, that one is named", async () => {
  const cwd = await project({ isRecorded: true });
  const below = join(cwd, "src", "agents");
  mkdirSync(below, { recursive: true });
  expect((await runIn(below, ["sessions"])).stderr).toBe(
    `spoor: there is no journal in ${join(below, ".spoor")}: record or import something first, or name its folder with --dir, as in --dir ${join("..", "..", ".spoor")}\n`,
  );
  expect((await runIn(below, ["sessions", "--dir", "nowhere"])).stderr).not.toContain("as in");
});
