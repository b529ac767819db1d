import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { runIn, temporaryFolder } from "./spoor.fixture.ts";

const run = (...args: readonly string[]): ReturnType<typeof runIn> =>
  runIn(temporaryFolder(), args);

test.each([[[]], [["--help"]], [["-h"]], [["help"]]])(
  "%j teaches the command in one screen",
  async (args) => {
    const { code, stdout } = await run(...args);
    expect(code).toBe(0);
    expect(stdout).toContain("spoor import claude-code");
    expect(stdout.trimEnd().split("\n").length).toBeLessThan(40);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  },
);

describe("--help after a command", () => {
  test.each(["import", "sessions", "show", "tail"])("%s says how it is used", async (name) => {
    const { code, stdout } = await run(name, "whatever", "--nonsense", "--help");
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^spoor ${name} `, "u"));
  });
});

test("--version is that of the package", async () => {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL("../package.json", import.meta.url), "utf8"),
  );
  const { stdout } = await run("--version");
  expect(manifest).toMatchObject({ version: stdout.trim() });
});

test("an unknown command is one sentence and exit code 2", async () => {
  expect(await run("fly")).toEqual({
    code: 2,
    stdout: "",
    stderr: "spoor: there is no command fly: see spoor --help\n",
  });
});
