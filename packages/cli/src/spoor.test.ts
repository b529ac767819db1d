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

test("an option before the command is told its place", async () => {
  expect(await run("--dir", "x", "sessions")).toEqual({
    code: 2,
    stdout: "",
    stderr: "spoor: --dir stands before a command: options go behind it, see spoor --help\n",
  });
});

test("what happened and what to do are one sentence", async () => {
  const { stderr } = await run("doctor", "--config", "nowhere.ts");
  expect(stderr).toMatch(/^spoor: there is no file .*nowhere\.ts: name a config that exists\n$/);
});

test("help before a command is help of that command", async () => {
  expect(await run("help", "show")).toEqual(await run("show", "--help"));
  expect((await run("help", "fly")).stderr).toBe(
    "spoor: there is no command fly: see spoor --help\n",
  );
});

test("help of a command names the journal's folder where the command looks at one", async () => {
  expect((await run("cost", "--help")).stdout).toContain("--dir D names the journal's folder");
  expect((await run("init", "--help")).stdout).not.toContain("--dir");
});

test("help says where the journal lies in the order that holds", async () => {
  const { stdout } = await run("--help");
  const told = ["--dir D", "journal.dir", "SPOOR_DIR", ".spoor here"];
  const places = told.map((name) => stdout.indexOf(name));
  expect(places).not.toContain(-1);
  expect(places.toSorted((left, right) => left - right)).toEqual(places);
});

test("the stack of what went wrong is for those who ask", async () => {
  const asked = await runIn(temporaryFolder(), ["fly"], { env: { SPOOR_DEBUG: "1" } });
  expect(asked.stderr).toMatch(/^spoor: there is no command fly.*\nBadInput: .*\n {4}at /);
});

test("--version is that of the package", async () => {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL("../package.json", import.meta.url), "utf8"),
  );
  const { stdout } = await run("--version");
  expect(manifest).toMatchObject({ version: stdout.trim() });
});

test("an unknown command is told the one that was probably meant", async () => {
  expect((await run("sho", "latest")).stderr).toBe(
    "spoor: there is no command sho: did you mean spoor show?\n",
  );
});

test("an unknown command is one sentence and exit code 2", async () => {
  expect(await run("fly")).toEqual({
    code: 2,
    stdout: "",
    stderr: "spoor: there is no command fly: see spoor --help\n",
  });
});
