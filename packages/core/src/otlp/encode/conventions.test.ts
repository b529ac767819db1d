import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  conventionsCommit,
  names,
  operations,
  ownNames,
  unattributedNames,
  usageNames,
} from "./conventions.ts";
import { contextModes, dialects, overlayNames } from "./encoding.ts";

const page = readFileSync(new URL("../../../../../docs/spec/otel.md", import.meta.url), "utf8");

const said = [names, usageNames, ownNames, unattributedNames, operations].flatMap((table) =>
  Object.values<string>(table),
);

test.each(said)("the page says %s", (name) => {
  expect(page).toContain(`\`${name}\``);
});

test.each([...contextModes, ...dialects, ...overlayNames, conventionsCommit])(
  "the page says that there is %s",
  (word) => {
    expect(page).toContain(`\`${word}\``);
  },
);

test("no name of ours is in a space of the conventions, and no two are the same", () => {
  const own = [...Object.values<string>(ownNames), ...Object.values(unattributedNames)];
  for (const name of own) expect(name).toMatch(/^spoor\./);
  const all = [...own, ...Object.values<string>(names), ...Object.values(usageNames)];
  expect(new Set(all).size).toBe(all.length);
});
