import { expect, test } from "vitest";
import { journalFolder } from "./journal-folder.ts";

test.each([
  ["the folder that was named", "mine", { SPOOR_DIR: "theirs" }, "/app/mine"],
  [
    "else the one that the environment names",
    undefined,
    { SPOOR_DIR: "/var/theirs" },
    "/var/theirs",
  ],
  ["else .spoor in the working directory", undefined, {}, "/app/.spoor"],
  ["an empty name is none", "", { SPOOR_DIR: "" }, "/app/.spoor"],
])("a journal lies in %s", (_, named, environment, folder) => {
  expect(journalFolder(named, environment, "/app")).toBe(folder);
});
