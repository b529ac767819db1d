import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { conventionsCommit, names, operations, ownNames } from "./conventions.ts";
import { contextModes, dialects, overlayNames } from "./encoding.ts";

const page = readFileSync(
  new URL("../../../../../docs/spec/otel.md", import.meta.url),
  "utf8",
).replaceAll(".*`", "`");

test.each(Object.values({ ...names, ...ownNames, ...operations }))("the page says %s", (name) => {
  expect(page).toContain(name === names.usage ? `\`${name}.` : `\`${name}\``);
});

test.each([...contextModes, ...dialects, ...overlayNames, conventionsCommit])(
  "the page says that there is %s",
  (word) => {
    expect(page).toContain(`\`${word}\``);
  },
);

test("no name of ours is in a space of the conventions, and no two are the same", () => {
  const own = Object.values<string>(ownNames);
  for (const name of own) expect(name).toMatch(/^spoor\./);
  const all = [...own, ...Object.values<string>(names)];
  expect(new Set(all).size).toBe(all.length);
});
