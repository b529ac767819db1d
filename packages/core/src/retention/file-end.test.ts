import { Buffer } from "node:buffer";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { nodeFileSystem } from "../journal/disk/file-system.ts";
import { temporaryFolder } from "../testing-kit/temporary-folder.ts";
import { endOfFile } from "./file-end.ts";

const path = (): string => join(temporaryFolder(), "lines.ndjson");

test("it ends behind the last line feed, and its last lines are those before it", () => {
  const file = path();
  const line = fc.string({ unit: fc.constantFrom("a", "é", "🦌") });
  fc.assert(
    fc.property(fc.array(line), line, (lines, torn) => {
      const whole = lines.map((text) => `${text}\n`).join("");
      writeFileSync(file, whole + torn);
      const found = endOfFile(file, nodeFileSystem);
      expect(found.end).toBe(Buffer.byteLength(whole));
      expect(found.lines.at(-1) ?? "").toBe(lines.at(-1) ?? "");
    }),
  );
});

test("of a file that is longer than what is read at once, the last whole line is there, however long it is", () => {
  const file = path();
  for (const length of [10, 127 * 1024, 128 * 1024, 500_000]) {
    const last = "x".repeat(length);
    const whole = `${"first\n".repeat(50_000)}${last}\n`;
    writeFileSync(file, `${whole}torn`);
    const { lines, end } = endOfFile(file, nodeFileSystem);
    expect([lines.at(-1) === last, end]).toEqual([true, whole.length]);
  }
});

test("a file that is missing is empty", () => {
  expect(endOfFile(path(), nodeFileSystem)).toEqual({ lines: [], end: 0 });
});
