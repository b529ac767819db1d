import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const textOf = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");

function codes(text: string): readonly string[] {
  const found = Array.from(text.matchAll(/[A-Z]{2,}(?:_[A-Z]+)+/g), ([code]) => code);
  return [...new Set(found)].toSorted();
}

test("each code of a verification is described, and nothing else is", () => {
  const described = textOf("../../../../../docs/spec/verify-json.md");
  expect(codes(textOf("verification.ts"))).toEqual(codes(described));
});
