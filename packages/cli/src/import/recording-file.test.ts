import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../spoor.fixture.ts";
import { openRecording } from "./recording-file.ts";

function textOf(path: string): string {
  const file = openRecording(path);
  try {
    return file.text();
  } finally {
    file.close();
  }
}

test.each(["", '{\n  "a": "ä"\n}', "x".repeat(200_000)])("a document is read whole", (text) => {
  const path = join(temporaryFolder(), "document.json");
  writeFileSync(path, text);
  expect(textOf(path)).toBe(text);
});

test("a mark of its byte order is no part of a document", () => {
  const path = join(temporaryFolder(), "document.json");
  writeFileSync(path, "\uFEFF{}");
  expect(textOf(path)).toBe("{}");
});

test("what is longer than any document is not read", () => {
  const path = join(temporaryFolder(), "document.json");
  writeFileSync(path, "{");
  truncateSync(path, 256 * 1024 * 1024 + 1);
  expect(() => textOf(path)).toThrow("it has 268435457 bytes and documents have up to 268435456");
});
