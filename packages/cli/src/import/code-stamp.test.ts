import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { temporaryFolder } from "../spoor.fixture.ts";
import { codeStamp } from "./code-stamp.ts";

test("the stamp of a package is that of its code, and empty where there is no package", () => {
  const folder = temporaryFolder();
  const from = pathToFileURL(join(folder, "importer.mjs")).href;
  expect(codeStamp("reads-lines", from)).toBe("");
  const installed = join(folder, "node_modules", "reads-lines");
  mkdirSync(installed, { recursive: true });
  const stamps = ["one", "other", "one"].map((code) => {
    writeFileSync(join(installed, "index.js"), `module.exports = "${code}";`);
    return codeStamp("reads-lines", from);
  });
  expect(stamps[0]).toMatch(/^[\w-]{22}$/);
  expect(stamps[1]).not.toBe(stamps[0]);
  expect(stamps[2]).toBe(stamps[0]);
});
