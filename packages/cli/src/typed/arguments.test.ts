import { describe, expect, test } from "vitest";
import { readArguments } from "./arguments.ts";
import { runIn, temporaryFolder } from "../spoor.fixture.ts";

const own = { user: "string", outline: "boolean" } as const;
const read = (...args: readonly string[]): unknown => readArguments("show", args, own);

test("what stands after a command is told apart", () => {
  expect(read("a", "--user", "ada", "--outline", "--json", "--", "--b")).toEqual({
    positionals: ["a", "--b"],
    user: "ada",
    outline: true,
    json: true,
  });
});

describe("a sentence refuses", () => {
  test.each([
    [["--dir", "a", "--dir", "b"], "option --dir is given twice, and takes one value"],
    [["--user=a", "--user=a"], "option --user is given twice, and takes one value"],
    [["--dir", ""], "option --dir is empty"],
    [["--dir="], "option --dir is empty"],
    [["a", ""], "a word after show is empty"],
    [["--nobody"], "spoor show has no option --nobody"],
    [["--user"], "option --user needs a value"],
    [["--outline=3"], "option --outline takes no value"],
  ])("%j", (args, sentence) => {
    expect(() => read(...args)).toThrow(`${sentence}: see spoor show --help`);
  });
});

test("an option that is misspelt is told the one that was probably meant", () => {
  expect(() => read("--uesr", "ada")).toThrow(
    "spoor show has no option --uesr: did you mean --user?",
  );
});

test("a switch may be thrown twice", () => {
  expect(read("--json", "--json")).toEqual({ positionals: [], json: true });
});

test.each([["sessions"], ["doctor"], ["import", "claude-code"]])(
  "spoor %s writes nothing where two folders are named",
  async (...words) => {
    const cwd = temporaryFolder();
    expect(await runIn(cwd, [...words, "--dir", "a", "--dir", "b"])).toEqual({
      code: 2,
      stdout: "",
      stderr: `spoor: option --dir is given twice, and takes one value: see spoor ${words[0]} --help\n`,
    });
  },
);
