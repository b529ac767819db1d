import { ConfigError } from "@spoor/core";
import { expect, test } from "vitest";
import { sentenceOf } from "./sentence-of.ts";

const systemError = (code: string, path: string): Error =>
  Object.assign(new Error(`${code}: permission denied, scandir '${path}'`), { code, path });

test.each([
  [new Error("one\nline"), "one line"],
  ["no\u0007error", "no error"],
  [
    systemError("EACCES", "/j/lanes"),
    "this user may not open /j/lanes: call this as the user that records there",
  ],
  [systemError("EIO", "/j"), "EIO: permission denied, scandir '/j'"],
  [
    new ConfigError("NOT_FOUND", "there is no file x", { fix: "Name a config that exists." }),
    "there is no file x: name a config that exists",
  ],
  [
    new ConfigError("INVALID", "two:\n  - a\n  - b", {
      fix: "Correct each.",
      problems: ["a", "b"],
    }),
    "two:\n  - a\n  - b\nCorrect each.",
  ],
])("of %o", (error, sentence) => {
  expect(sentenceOf(error)).toBe(sentence);
});
